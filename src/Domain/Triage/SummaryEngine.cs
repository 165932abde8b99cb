using System.Text;
using Chat.Domain.Conversations;

namespace Chat.Domain.Triage;

/// <summary>A message as a summary reads it.</summary>
/// <param name="FromTexter">Written by the person who asks for help, not by the line.</param>
public sealed record SummaryMessage(long Sequence, bool FromTexter, string Text);

/// <summary>A sentence taken from the conversation as it was written, and why it was taken.</summary>
public sealed record SummaryLine(long Sequence, string Text, RiskLevel Level, IReadOnlyList<string> Rules);

/// <summary>What a conversation was about, in the texter's own sentences: nothing in it is made up.</summary>
public sealed record ConversationSummary(
    RiskLevel Level, IReadOnlyList<string> Topics, IReadOnlyList<string> Tags, IReadOnlyList<SummaryLine> Lines,
    int FromTexter, int FromLine, string PlainText);

/// <summary>
/// Picks the sentences of a conversation that say most: those triage rests on first, then the first thing the texter said and the last.
/// It only ever quotes. Whoever reads it may correct it; it stands in for no one's notes.
/// </summary>
public sealed class SummaryEngine(TriageEngine triage)
{
    private const int MostLines = 7;
    private const int LongestLine = 240;

    /// <summary>The summary of a conversation: its messages in order, the highest level anybody gave it, and the tags it was given.</summary>
    public ConversationSummary Summarise(IReadOnlyList<SummaryMessage> messages, RiskLevel held, IReadOnlyList<string> tags)
    {
        var memory = TriageMemory.Empty;
        var rulesOf = new Dictionary<long, (RiskLevel Level, HashSet<string> Rules)>();
        var texters = messages.Where(message => message.FromTexter && !string.IsNullOrWhiteSpace(message.Text)).ToList();
        var starts = new Dictionary<long, int>();
        foreach (var message in texters)
        {
            var assessment = triage.Assess(memory, message.Text, message.Sequence);
            memory = assessment.Memory;
            foreach (var reason in assessment.Reasons.Where(reason => reason.Sequence == message.Sequence))
            {
                var known = rulesOf.TryGetValue(message.Sequence, out var before);
                rulesOf[message.Sequence] = known && before.Level >= reason.Level ? before : (reason.Level, known ? before.Rules : []);
                rulesOf[message.Sequence].Rules.Add(reason.Rule);
                starts.TryAdd(message.Sequence, reason.Start);
            }
        }

        var chosen = rulesOf.OrderByDescending(pair => pair.Value.Level).ThenBy(pair => pair.Key)
            .Select(pair => pair.Key).Take(MostLines - 2).ToHashSet();
        chosen.UnionWith(texters.Take(1).Concat(texters.TakeLast(1)).Select(message => message.Sequence));
        var lines = texters.Where(message => chosen.Contains(message.Sequence)).Select(message =>
        {
            var (level, rules) = rulesOf.TryGetValue(message.Sequence, out var found) ? found : (RiskLevel.None, []);
            return new SummaryLine(
                message.Sequence, Sentence(message.Text, starts.GetValueOrDefault(message.Sequence)), level, [.. rules.Order(StringComparer.Ordinal)]);
        }).ToList();
        var highest = memory.Level > held ? memory.Level : held;
        var byLine = messages.Count(message => !message.FromTexter);
        var summary = new ConversationSummary(highest, memory.Topics, tags, lines, messages.Count - byLine, byLine, "");
        return summary with { PlainText = PlainText(summary) };
    }

    // The sentence in which the place stands, cut at a word where it is long.
    private static string Sentence(string text, int place)
    {
        var start = place == 0 ? 0 : text.LastIndexOfAny(['.', '!', '?', '\n'], place - 1) + 1;
        var end = text.IndexOfAny(['.', '!', '?', '\n'], Math.Max(place, start));
        var sentence = text[start..(end < 0 ? text.Length : end + 1)].Trim();
        if (sentence.Length <= LongestLine)
        {
            return sentence;
        }

        var cut = sentence.LastIndexOf(' ', LongestLine);
        cut = cut > 0 ? cut : LongestLine;
        return sentence[..(char.IsHighSurrogate(sentence[cut - 1]) ? cut - 1 : cut)] + "…";
    }

    private static string PlainText(ConversationSummary summary)
    {
        var text = new StringBuilder();
        text.Append("Risk: ").Append(summary.Level).Append('\n');
        Append(text, "Topics", summary.Topics);
        Append(text, "Tags", summary.Tags);
        text.Append("Messages: ").Append(summary.FromTexter).Append(" from the texter, ").Append(summary.FromLine).Append(" from the line\n");
        foreach (var line in summary.Lines)
        {
            text.Append('#').Append(line.Sequence).Append(" \"").Append(line.Text).Append('"');
            text.Append(line.Rules.Count > 0 ? $" ({line.Level}: {string.Join(", ", line.Rules)})\n" : "\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            text.Append(name).Append(": ").AppendJoin(", ", values).Append('\n');
        }
    }
}
