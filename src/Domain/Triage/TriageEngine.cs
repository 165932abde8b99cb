namespace Chat.Domain.Triage;

/// <summary>
/// Reads what a texter writes and says how much danger is in it, and why. Open, local and the same every time: a grammar finds cues
/// in a message, a table says what cues mean together, also when they came in different messages. It only ever raises; whether a
/// level may be lowered is for a person to say. For the order of a queue and for alerts, never for turning anybody away.
/// </summary>
public sealed class TriageEngine(RuleSet rules)
{
    private const int MostReasons = 8;

    public string Version => rules.Version;

    /// <summary>What stands in a message by itself: most of the work, and for it nothing of the conversation need be known.</summary>
    /// <param name="only">The language to read it in; null: whichever it shows.</param>
    public MessageReading Read(string message, string? only = null)
    {
        var hits = new List<Hit>();
        return new MessageReading(this, message, hits, Read(RawText.Read(message), hits, only));
    }

    /// <summary>What a conversation holds after its next message, which has this sequence number.</summary>
    /// <param name="only">The language to read it in; null: whichever it shows.</param>
    public Assessment Assess(TriageMemory soFar, string message, long sequence, string? only = null) => Assess(soFar, Read(message, only), sequence);

    /// <summary>The same for a message that has been read; by other rules than these, it is read again.</summary>
    public Assessment Assess(TriageMemory soFar, MessageReading reading, long sequence)
    {
        if (reading.By != this)
        {
            return Assess(soFar, reading.Message, sequence);
        }

        var (message, hits) = (reading.Message, reading.Hits);
        var language = reading.Language ?? soFar.Language;
        if (hits.Count == 0)
        {
            return Answer(soFar with { Messages = soFar.Messages + 1, Language = language }, message, sequence);
        }

        var current = new SeenCue?[rules.Cues.Count];
        foreach (var hit in hits)
        {
            if (current[hit.Cue] is not { } known || hit.Length > known.Length)
            {
                current[hit.Cue] = new SeenCue(rules.Cues[hit.Cue].Name, sequence, hit.Start, hit.Length);
            }
        }

        var seen = Together(current, soFar);
        var reasons = Reached(current, seen);
        var held = reasons.Concat(soFar.Reasons).OrderByDescending(reason => reason.Level).DistinctBy(reason => reason.Rule)
            .Take(MostReasons).ToList();
        var level = held.Count > 0 && held[0].Level > soFar.Level ? held[0].Level : soFar.Level;
        var topics = soFar.Topics.Concat(hits.SelectMany(hit => rules.Cues[hit.Cue].Form.Topics ?? [])).Distinct().ToList();
        var kept = seen.OfType<SeenCue>().Where(cue => !rules.Cues[rules.IndexOf(cue.Cue)].Form.Fleeting).ToList();
        return Answer(new TriageMemory(level, soFar.Messages + 1, kept, held, topics) { Language = language }, message, sequence);
    }

    /// <summary>What a whole conversation holds: the texter's messages, the oldest first, numbered from 1.</summary>
    public Assessment Assess(IReadOnlyList<string> messages)
    {
        var answer = Answer(TriageMemory.Empty, "", 0);
        for (var at = 0; at < messages.Count; at++)
        {
            answer = Assess(answer.Memory, messages[at], at + 1);
        }

        return answer;
    }

    // A language is read where one of its own words stands; where none does, all are. Answers the one with most words of its own.
    private string? Read(List<RawWord> words, List<Hit> hits, string? only)
    {
        var marks = rules.Languages.Select(language => language.Marks(words)).ToList();
        var unclear = marks.TrueForAll(count => count == 0);
        for (var at = 0; at < marks.Count; at++)
        {
            if (only is null ? unclear || marks[at] > 0 : rules.Languages[at].Language == only)
            {
                rules.Languages[at].Find(rules.Languages[at].Tokens(words), hits);
            }
        }

        return unclear ? null : rules.Languages[marks.IndexOf(marks.Max())].Language;
    }

    private SeenCue?[] Together(SeenCue?[] current, TriageMemory soFar)
    {
        var seen = (SeenCue?[])current.Clone();
        foreach (var cue in soFar.Cues)
        {
            // What an earlier version of the rules saw may have another name by now.
            if (rules.Find(cue.Cue) is { } index)
            {
                seen[index] ??= cue;
            }
        }

        return seen;
    }

    private List<HeldReason> Reached(SeenCue?[] current, SeenCue?[] seen)
    {
        var reached = new List<HeldReason>();
        foreach (var rule in rules.Rules)
        {
            var among = rule.WithinMessage ? current : seen;
            if (Array.Exists(rule.None, cue => among[cue] is not null))
            {
                continue;
            }

            var cues = new List<SeenCue>(rule.All.Length);
            foreach (var alternatives in rule.All)
            {
                var index = Array.Find(alternatives, cue => among[cue] is not null);
                if (among[index] is not { } cue || !alternatives.Contains(index))
                {
                    break;
                }

                cues.Add(cue);
            }

            if (cues.Count == rule.All.Length)
            {
                reached.Add(new HeldReason(rule.Name, rule.Level, cues));
            }
        }

        return reached;
    }

    private Assessment Answer(TriageMemory memory, string message, long sequence) => new(
        memory.Level,
        Version,
        [.. memory.Reasons.SelectMany(reason => reason.Cues.Select(cue => new Reason(
            reason.Rule, reason.Level, cue.Sequence, cue.Start, cue.Length,
            cue.Sequence == sequence ? message.Substring(cue.Start, cue.Length) : null)))],
        memory.Topics,
        memory);
}

/// <summary>What an engine has found in a message.</summary>
public sealed class MessageReading
{
    internal MessageReading(TriageEngine by, string message, IReadOnlyList<Hit> hits, string? language) =>
        (By, Message, Hits, Language) = (by, message, hits, language);

    internal TriageEngine By { get; }

    internal string Message { get; }

    internal IReadOnlyList<Hit> Hits { get; }

    internal string? Language { get; }
}
