using System.Runtime.CompilerServices;
using System.Text.Json;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;
using Xunit.Abstractions;

namespace Chat.Domain.Tests.Triage;

/// <summary>How well triage does on messages with a known level: a part it was tuned on, and a part that nobody tuned on.</summary>
public sealed class LabelledMessagesTests(ITestOutputHelper output)
{
    private static readonly TriageEngine Engine = new(RuleSet.Default);

    [Theory]
    [InlineData("held_out", "en", 0.85, 0.60)]
    [InlineData("held_out", "es", 0.85, 0.60)]
    [InlineData("tune", "en", 0.95, 0.85)]
    [InlineData("tune", "es", 0.95, 0.85)]
    public void Most_messages_of_severe_danger_are_found_and_few_others_taken_for_one(
        string split, string language, double recall, double precision)
    {
        var read = Read(split, language);
        var found = read.Count(one => one.Severe && one.HeldSevere);
        var severe = read.Count(one => one.Severe);
        var held = read.Count(one => one.HeldSevere);
        output.WriteLine(
            $"{split}.{language}: {read.Count} conversations, severe recall {found / (double)severe:0.00} ({found} of {severe}), "
            + $"precision {found / (double)held:0.00} ({found} of {held}), the level itself {read.Count(one => one.Level == one.Held)}");
        Assert.True(found >= recall * severe, $"Found are {found} of {severe}.");
        Assert.True(found >= precision * held, $"Right are {found} of {held}.");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public void What_is_tuned_on_and_what_is_held_out_share_no_message(string language) =>
        Assert.DoesNotContain(
            Lines("tune", language).SelectMany(Messages).Select(Plain).Where(message => message.Length > 20),
            Lines("held_out", language).SelectMany(Messages).Select(Plain).ToHashSet().Contains);

    private static string Plain(string message) => message.ToUpperInvariant().Trim(' ', '.', '!', '?');

    private static List<Labelled> Read(string split, string language) => [.. Lines(split, language).Select(line =>
    {
        var level = Enum.Parse<RiskLevel>(line.RootElement.GetProperty("level").GetString()!, ignoreCase: true);
        return new Labelled(level, Engine.Assess([.. Messages(line)]).Level);
    })];

    private static IEnumerable<JsonDocument> Lines(string split, string language) =>
        File.ReadLines(Path.Combine(Folder(), $"{split}.{language}.jsonl")).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line));

    private static IEnumerable<string> Messages(JsonDocument line) =>
        line.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.GetString()!);

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "labelled");

    private sealed record Labelled(RiskLevel Level, RiskLevel Held)
    {
        public bool Severe => Level >= RiskLevel.High;

        public bool HeldSevere => Held >= RiskLevel.High;
    }
}
