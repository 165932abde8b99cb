using System.Collections.Frozen;

namespace Chat.Domain.Triage;

/// <summary>A cue found in a message: which, and from where to where in the text.</summary>
internal readonly record struct Hit(int Cue, int Start, int Length);

/// <summary>The grammar of one language at work: finds the cues in a message, and leaves those that are negated or not meant.</summary>
internal sealed class LanguageRules
{
    /// <summary>How far, in words, a word of time reaches.</summary>
    private const int ReachOfTime = 10;

    private readonly RuleSet _rules;
    private readonly Grammar _grammar;
    private readonly Lexicon _lexicon;
    private readonly FrozenSet<string> _marks;
    private readonly FrozenSet<string> _light;
    private readonly FrozenSet<string> _subjects;
    private readonly int _pastTime;
    private readonly int _recentTime;
    private readonly List<Meaning> _meanings = [];

    public LanguageRules(RuleSet.LanguageForm form, RuleSet rules)
    {
        _rules = rules;
        Language = form.Language;
        _marks = Split(form.Marks);
        _light = Split(form.Light);
        _subjects = Split(form.Subjects);
        _pastTime = rules.IndexOf("past_time");
        _recentTime = rules.IndexOf("recent_time");
        var phrases = new List<(int, string)>();
        Add(phrases, Role.PseudoNegation, -1, form.PseudoNegations);
        Add(phrases, Role.DenyingFrame, -1, form.DenyingFrames);
        Add(phrases, Role.FigureOfSpeech, -1, form.FiguresOfSpeech);
        Add(phrases, Role.OtherWorld, -1, form.OtherWorlds);
        foreach (var (cue, patterns) in form.Cues)
        {
            Add(phrases, Role.Cue, rules.IndexOf(cue), patterns);
        }

        _grammar = new Grammar(form.Classes, phrases, form.Spellings, Split(form.Negators));
        _lexicon = new Lexicon(
            _grammar.Words, form.Spellings, [.. form.Misspelt.Targets.SelectMany(Split)], [.. Split(form.Misspelt.Ordinary), .. _marks, .. _light],
            form.Language == "es");
    }

    private enum Role
    {
        Cue,
        PseudoNegation,
        DenyingFrame,
        FigureOfSpeech,
        OtherWorld,
    }

    public string Language { get; }

    /// <summary>How many words of the message are words that only this language has.</summary>
    public int Marks(List<RawWord> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            count += _marks.Contains(word.Text) ? 1 : 0;
        }

        return count;
    }

    public List<Token> Tokens(List<RawWord> words) => _lexicon.Read(words);

    public void Find(List<Token> tokens, List<Hit> hits)
    {
        if (tokens.Count == 0)
        {
            return;
        }

        var matches = _grammar.Find(tokens);
        if (matches.Count == 0)
        {
            return;
        }

        var sentences = Sentences(tokens);
        foreach (var match in matches)
        {
            var meaning = _meanings[match.Meaning];
            if (meaning.Role != Role.Cue || NotMeant(match, matches, sentences))
            {
                continue;
            }

            var given = Given(match, meaning.Cue, tokens, matches, sentences);
            if (given >= 0)
            {
                var start = tokens[match.Start].Start;
                hits.Add(new Hit(given, start, tokens[match.End - 1].End - start));
            }
        }
    }

    private int Given(Match match, int cue, List<Token> tokens, List<Match> matches, int[] sentences)
    {
        var form = _rules.Cues[cue];
        if (form.Form.Negatable && Negated(match, tokens, matches))
        {
            return form.Denied;
        }

        return form.Past >= 0 && LongAgo(match, matches, sentences) ? form.Past : cue;
    }

    // A figure of speech takes away what it covers, unless a phrase says more than it; another world takes the sentence it stands in.
    private bool NotMeant(Match match, List<Match> matches, int[] sentences)
    {
        var firm = _rules.Cues[_meanings[match.Meaning].Cue].Form.Firm;
        foreach (var other in matches)
        {
            switch (_meanings[other.Meaning].Role)
            {
                case Role.FigureOfSpeech when other.Start < match.End && match.Start < other.End
                    && !(match.Start <= other.Start && other.End <= match.End && match.End - match.Start > other.End - other.Start):
                    return true;
                case Role.OtherWorld when !firm && sentences[other.Start] == sentences[match.Start]:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    private bool Negated(Match match, List<Token> tokens, List<Match> matches)
    {
        foreach (var other in matches)
        {
            if (other.End == match.Start && _meanings[other.Meaning].Role == Role.DenyingFrame)
            {
                return true;
            }
        }

        if (_subjects.Contains(tokens[match.Start].Text))
        {
            return false;
        }

        for (var at = match.Start - 1; at >= 0; at--)
        {
            if (tokens[at + 1].Before >= Parting.Soft)
            {
                return false;
            }

            if (_grammar.Negates(tokens[at]))
            {
                return !matches.Exists(other => other.Start <= at && at < other.End && _meanings[other.Meaning].Role == Role.PseudoNegation);
            }

            if (!_light.Contains(tokens[at].Text))
            {
                return false;
            }
        }

        return false;
    }

    private bool LongAgo(Match match, List<Match> matches, int[] sentences)
    {
        var past = ReachOfTime + 1;
        var recent = ReachOfTime + 1;
        foreach (var other in matches)
        {
            var meaning = _meanings[other.Meaning];
            if (meaning.Role != Role.Cue || sentences[other.Start] != sentences[match.Start])
            {
                continue;
            }

            var distance = Math.Max(0, Math.Max(other.Start - match.End, match.Start - other.End));
            if (meaning.Cue == _pastTime)
            {
                past = Math.Min(past, distance);
            }
            else if (meaning.Cue == _recentTime)
            {
                recent = Math.Min(recent, distance);
            }
        }

        return past <= ReachOfTime && past <= recent;
    }

    private static int[] Sentences(List<Token> tokens)
    {
        var sentences = new int[tokens.Count];
        for (var at = 1; at < tokens.Count; at++)
        {
            sentences[at] = sentences[at - 1] + (tokens[at].Before == Parting.Hard ? 1 : 0);
        }

        return sentences;
    }

    private void Add(List<(int, string)> phrases, Role role, int cue, string[] patterns)
    {
        var meaning = _meanings.Count;
        _meanings.Add(new Meaning(role, cue));
        phrases.AddRange(patterns.Select(pattern => (meaning, pattern)));
    }

    private static FrozenSet<string> Split(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private readonly record struct Meaning(Role Role, int Cue);
}
