using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chat.Architecture.Tests;

/// <summary>The published description says everything that somebody needs who has nothing else.</summary>
public sealed partial class OpenApiTests
{
    // What a program's or a channel's own settings hold is on pages of their own.
    private static readonly string[] OfAnyShape = ["settings"];

    private static readonly JsonElement Document =
        JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "artifacts", "openapi", "openapi.json")));

    [Fact]
    public void Every_operation_says_what_it_is_and_how_it_refuses()
    {
        var silent = new List<string>();
        foreach (var operation in Operations())
        {
            silent.AddRange(new[] { "operationId", "summary", "description" }.Where(word => Text(operation.Said, word).Length == 0)
                .Select(word => $"{operation.At}: no {word}"));
            silent.AddRange(operation.Parameters.Where(parameter => Text(parameter, "description").Length == 0)
                .Select(parameter => $"{operation.At}: {Text(parameter, "name")} is not described"));
            var refusals = operation.Said.GetProperty("responses").EnumerateObject().Where(answer => answer.Name[0] == '4').ToList();
            if (refusals.Count == 0 && operation.At.Contains(" /api/", StringComparison.Ordinal))
            {
                silent.Add($"{operation.At}: no refusal");
            }

            silent.AddRange(refusals
                .Where(answer => !answer.Value.TryGetProperty("content", out var content) || !content.TryGetProperty("application/problem+json", out _))
                .Select(answer => $"{operation.At}: {answer.Name} is no problem document"));
            silent.AddRange(refusals
                .Where(answer => !Code().IsMatch(Text(answer.Value, "description"))).Select(answer => $"{operation.At}: {answer.Name} names no code"));
        }

        Assert.Empty(silent);
        Assert.Equal(Operations().Count(), Operations().Select(operation => Text(operation.Said, "operationId")).Distinct().Count());
    }

    [Fact]
    public void Who_needs_no_token_is_who_the_callers_table_lets_in_without_one()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "tests", "Api.Tests", "Operations", "callers.txt"))
            .Where(line => line.EndsWith(": anybody", StringComparison.Ordinal)).Select(line => line.Split(':')[0]);
        var open = Operations()
            .Where(operation => operation.Said.TryGetProperty("security", out var security) && security.GetArrayLength() == 0)
            .Select(operation => Text(operation.Said, "operationId"));

        Assert.Equal(table.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
        Assert.Equal(1, Document.GetProperty("security").GetArrayLength());
    }

    [Fact]
    public void Every_member_of_every_schema_is_described_or_has_a_schema_of_its_own()
    {
        var silent = new List<string>();
        foreach (var schema in Document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            Look(schema.Name, schema.Value, silent);
        }

        Assert.Empty(silent);
    }

    [Fact]
    public void Every_body_has_an_example()
    {
        var bodies = Document.GetProperty("components").GetProperty("schemas").EnumerateObject()
            .Where(schema => schema.Name.EndsWith("Body", StringComparison.Ordinal) && schema.Value.TryGetProperty("properties", out _));

        Assert.Empty(bodies.Where(schema => !schema.Value.TryGetProperty("examples", out _)).Select(schema => schema.Name).Except(["SurveyQuestionBody"]));
    }

    [Fact]
    public void Every_code_that_is_thrown_is_in_the_document()
    {
        var said = Document.GetRawText();
        var thrown = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Demo/", StringComparison.Ordinal))
            .SelectMany(file => Thrown().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value))
            .Distinct()
            .ToList();

        Assert.InRange(thrown.Count, 50, 1000);
        Assert.All(thrown, code => Assert.Contains($"`{code}`", said, StringComparison.Ordinal));
    }

    private static void Look(string at, JsonElement schema, List<string> silent)
    {
        foreach (var member in schema.TryGetProperty("properties", out var members) ? members.EnumerateObject() : default)
        {
            var (name, said) = ($"{at}.{member.Name}", member.Value);
            var refers = new[] { "$ref", "oneOf", "allOf" }.Any(word => said.TryGetProperty(word, out _));
            if (!refers && Text(said, "description").Length == 0)
            {
                silent.Add($"{name} is not described");
            }

            if (!refers && !said.TryGetProperty("type", out _) && !OfAnyShape.Contains(member.Name))
            {
                silent.Add($"{name} may be anything");
            }

            var isObject = said.TryGetProperty("type", out var type) && type.ToString().Contains("object", StringComparison.Ordinal);
            var isOpen = !said.TryGetProperty("properties", out _)
                && (!said.TryGetProperty("additionalProperties", out var others) || others.ToString() == "{}");
            if (isObject && isOpen && !OfAnyShape.Contains(member.Name))
            {
                silent.Add($"{name} is an object without a schema");
            }

            Look(name, said, silent);
        }

        if (schema.TryGetProperty("items", out var items))
        {
            Look(at + "[]", items, silent);
        }
    }

    private static IEnumerable<Operation> Operations() =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select new Operation(
            $"{operation.Name} {path.Name}", operation.Value,
            operation.Value.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : []);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    [GeneratedRegex("`[a-z_]+[.][a-z_]+`")]
    private static partial Regex Code();

    [GeneratedRegex("""(?:(?:Refused|Forbidden|Busy|Unauthenticated)Exception|Problem[.]Of|RefusedException \w+\(\) =>\s+new)\((?:\d+,)?\s*"(?<code>[a-z_]+[.][a-z_]+)""")]
    private static partial Regex Thrown();

    private sealed record Operation(string At, JsonElement Said, IReadOnlyList<JsonElement> Parameters);
}
