using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Messages;
using Chat.Domain.Programs;
using Chat.Domain.Surveys;
using Chat.Domain.Webhooks;
using YamlDotNet.RepresentationModel;

namespace Chat.Architecture.Tests;

/// <summary>What is committed and made from the code is what the code says. With CHAT_UPDATE_FILES=1 the tests write it instead.</summary>
public sealed class CommittedFilesTests
{
    private static readonly JsonSerializerOptions Readable =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_OpenAPI_document_is_current()
    {
        var generated = File.ReadAllText(Path.Combine(Repository.Root, "artifacts", "openapi", "openapi.json"));

        AssertCurrent("sdk/openapi.json", generated);
    }

    [Fact]
    public void The_schema_of_the_configuration_is_current() =>
        AssertCurrent("docs/configuration.schema.json", Chat.Infrastructure.Configuration.ConfigurationSchema.Text);

    [Fact]
    public void The_lifecycle_page_is_current()
    {
        var page = new StringBuilder();
        page.Append("# The life of a conversation\n\n");
        page.Append("Made from the table in `src/Domain/Conversations/ConversationLifecycle.cs`; a test holds it current.\n\n");
        page.Append("```mermaid\nstateDiagram-v2\n    [*] --> new\n");
        foreach (var row in ConversationLifecycle.Transitions)
        {
            page.Append(CultureInfo.InvariantCulture, $"    {row.From.Name()} --> {row.To.Name()} : {row.When.Name()}\n");
        }

        foreach (var state in Enum.GetValues<ConversationState>().Where(ConversationLifecycle.Terminal.Contains))
        {
            page.Append(CultureInfo.InvariantCulture, $"    {state.Name()} --> [*]\n");
        }

        page.Append("```\n\n| in | when | becomes | by |\n|---|---|---|---|\n");
        foreach (var row in ConversationLifecycle.Transitions)
        {
            var by = Enum.GetValues<Actor>().Where(actor => row.By.HasFlag(actor)).Select(actor => actor.ToString().ToLowerInvariant());
            page.Append(CultureInfo.InvariantCulture, $"| `{row.From.Name()}` | `{row.When.Name()}` | `{row.To.Name()}` | {string.Join(", ", by)} |\n");
        }

        page.Append("\nA message after a final state (");
        page.AppendJoin(", ", Enum.GetValues<ConversationState>().Where(ConversationLifecycle.Terminal.Contains).Select(state => $"`{state.Name()}`"));
        page.Append(") opens a new conversation.\n\n## The life of a message to a texter\n\n| from | to |\n|---|---|\n");
        foreach (var (from, to) in DeliveryLifecycle.Steps)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{from.Name()}` | `{to.Name()}` |\n");
        }

        AssertCurrent("docs/lifecycle.md", page.ToString());
    }

    [Fact]
    public void What_the_web_app_shows_around_a_survey_question_is_what_the_phone_gets()
    {
        var words = Enum.GetValues<SurveyLanguage>().ToDictionary(language => language.Name(), SurveyPhrases.In);

        AssertCurrent(
            "spa/src/features/surveys/phrases.gen.ts",
            $"// Made from src/Domain/Surveys/SurveyPhrases.cs; a test holds it current.\nexport const phrases = {JsonSerializer.Serialize(words, Readable)};");
    }

    [Fact]
    public void What_the_web_app_offers_a_webhook_is_what_it_can_be_told_of() =>
        AssertCurrent(
            "spa/src/shared/api/event-types.gen.ts",
            $"""
            // Made from src/Domain/Webhooks/WebhookEvents.cs; a test holds it current.
            export const eventTypes = {JsonSerializer.Serialize(WebhookEvents.All, Readable)} as const;
            """);

    [Fact]
    public void The_compose_file_is_whole_and_holds_no_password()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"))));
        var services = (YamlMappingNode)yaml.Documents[0].RootNode["services"];

        Assert.Superset(new HashSet<string> { "postgres", "rabbitmq", "api" }, services.Children.Keys.Select(name => name.ToString()).ToHashSet());
        foreach (var (name, value) in Scalars(services))
        {
            if (name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || name.Contains("Secret", StringComparison.Ordinal) || name.Contains("MasterKey", StringComparison.Ordinal))
            {
                Assert.True(value.StartsWith("${", StringComparison.Ordinal), $"{name} has a value of its own");
                Assert.DoesNotContain(":-", value, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_setting_is_on_the_configuration_page()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));
        var settings =
            from type in typeof(Chat.Infrastructure.DependencyInjection).Assembly.GetTypes()
            where type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is not null
            let section = (string)type.GetField("Section")!.GetValue(null)!
            from property in type.GetProperties()
            where property.SetMethod is not null
            select $"`{section.Replace(":", "__", StringComparison.Ordinal)}__{property.Name}`";

        Assert.All(settings, setting => Assert.Contains(setting, page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_examples_of_a_programs_settings_are_right()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "program-settings.md"));
        var onThePage = JsonElement.Parse(page.Split("```json", 2)[1].Split("```", 2)[0]);
        using var described = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "artifacts", "openapi", "openapi.json")));
        var inTheApi = described.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("ProgramBody")
            .GetProperty("examples")[0].GetProperty("settings");

        Assert.All([onThePage, inTheApi], example => Assert.Empty(ProgramSettings.Faults(example)));
        Assert.All(
            typeof(ReplyTexts).GetFields().Select(text => (string)text.GetRawConstantValue()!),
            builtIn => Assert.Contains(builtIn, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Log_lines_are_declared_in_one_place_a_project()
    {
        var lines = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && Path.GetFileName(file) != "Log.cs")
            .Where(file => File.ReadAllText(file) is var text && (text.Contains(".LogInformation(", StringComparison.Ordinal)
                || text.Contains(".LogWarning(", StringComparison.Ordinal) || text.Contains(".LogError(", StringComparison.Ordinal)
                || text.Contains("[LoggerMessage", StringComparison.Ordinal)));

        Assert.Empty(lines);
    }

    private static IEnumerable<(string Name, string Value)> Scalars(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(child => child.Value is YamlScalarNode scalar ? [(child.Key.ToString(), scalar.Value ?? "")] : Scalars(child.Value)),
        YamlSequenceNode list => list.Children.SelectMany(Scalars),
        _ => [],
    };

    private static void AssertCurrent(string path, string expected)
    {
        var file = Path.Combine(Repository.Root, path);
        expected = expected.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("CHAT_UPDATE_FILES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
        }

        Assert.True(File.Exists(file), $"{path} is missing: run the tests with CHAT_UPDATE_FILES=1 and commit it.");
        Assert.True(expected == File.ReadAllText(file).ReplaceLineEndings("\n"), $"{path} is not what the code says: run the tests with CHAT_UPDATE_FILES=1 and commit it.");
    }
}
