using System.Text.Json;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;

namespace Chat.Benchmarks;

/// <summary>How well and how fast messages are triaged: per language and level, with the ids of severe ones that were missed.</summary>
internal static class Triage
{
    private const int Rounds = 20;

    public static void Run(string folder)
    {
        var engine = new TriageEngine(RuleSet.Default);
        Console.WriteLine($"rules {engine.Version}");
        foreach (var file in Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            Report(engine, file);
        }

        WorstCase(engine);
        WithAdded();
        Summary(engine);
    }

    private static void Report(TriageEngine engine, string file)
    {
        var read = File.ReadLines(file).Where(line => line.Length > 0).Select(line =>
        {
            var labelled = JsonDocument.Parse(line).RootElement;
            string[] messages = [.. labelled.GetProperty("messages").EnumerateArray().Select(message => message.GetString()!)];
            var level = Enum.Parse<RiskLevel>(labelled.GetProperty("level").GetString()!, ignoreCase: true);
            return (Id: labelled.GetProperty("id").GetString()!, Level: level, Held: engine.Assess(messages).Level, Messages: messages);
        }).ToList();
        var found = read.Count(one => one.Level >= RiskLevel.High && one.Held >= RiskLevel.High);
        var severe = read.Count(one => one.Level >= RiskLevel.High);
        var held = read.Count(one => one.Held >= RiskLevel.High);
        Console.WriteLine($"{Path.GetFileNameWithoutExtension(file)}: {read.Count}, severe recall {found}/{severe}, precision {found}/{held}");
        foreach (var level in Enum.GetValues<RiskLevel>())
        {
            var right = read.Count(one => one.Level == level && one.Held == level);
            Console.WriteLine(
                $"  {level,-9} recall {right}/{read.Count(one => one.Level == level)}, precision {right}/{read.Count(one => one.Held == level)}");
        }

        var missed = read.Where(one => one.Level >= RiskLevel.High && one.Held < RiskLevel.High).Select(one => one.Id);
        Console.WriteLine($"  severe and missed: {string.Join(' ', missed)}");
        var started = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            read.ForEach(one => engine.Assess(one.Messages));
        }

        var messages = Rounds * read.Sum(one => one.Messages.Length);
        Console.WriteLine($"  {TimeProvider.System.GetElapsedTime(started).TotalMicroseconds / messages:0} microseconds a message");
    }

    private static void WorstCase(TriageEngine engine)
    {
        string[] pieces = ["kill myself tonight ", "i want to want to die and die or not die ", "k i l l ", "kil1 ", "me quiero matar hoy "];
        foreach (var piece in pieces)
        {
            var message = string.Concat(Enumerable.Repeat(piece, 16_000 / piece.Length));
            engine.Assess([message]);
            var started = TimeProvider.System.GetTimestamp();
            engine.Assess([message]);
            Console.WriteLine($"16,000 characters of '{piece}': {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms");
        }
    }

    // As many phrases as an affiliate may add, each made to be looked for everywhere.
    private static void WithAdded()
    {
        var added = Enumerable.Range(0, 300)
            .Select(number => new AddedPhrase("en", "death_wish", $"_ ... kill ... (a|b) ... word{(char)('a' + (number % 26))}{(char)('a' + (number / 26))} ... x")).ToList();
        var began = TimeProvider.System.GetTimestamp();
        var engine = new TriageEngine(RuleSet.Default.With(added, "with 300"));
        Console.WriteLine($"{added.Count} added phrases: compiled in {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:0} ms");
        WorstCase(engine);
    }

    private static void Summary(TriageEngine engine)
    {
        string[] said = ["i had a bad day and nobody called", "school was hard", "i think about dying sometimes", "thanks for listening to me"];
        var messages = Enumerable.Range(1, 500).Select(at => new SummaryMessage(at, at % 2 == 1, said[at / 2 % said.Length])).ToList();
        var summaries = new SummaryEngine(engine);
        summaries.Summarise(messages, RiskLevel.None, []);
        var started = TimeProvider.System.GetTimestamp();
        summaries.Summarise(messages, RiskLevel.None, []);
        Console.WriteLine($"summary of {messages.Count} messages: {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0.0} ms");
    }
}
