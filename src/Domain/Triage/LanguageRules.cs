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

    private readonly RuleSet.LanguageForm _form;

    public LanguageRules(RuleSet.LanguageForm form, RuleSet rules, IReadOnlyList<AddedPhrase> more)
    {
        _form = form;
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

        var added = new List<(int, string)>();
        foreach (var ofCue in more.GroupBy(phrase => phrase.Cue))
        {
            var (role, cue) = ofCue.Key is { } name ? (Role.Cue, rules.IndexOf(name)) : (Role.FigureOfSpeech, -1);
            Add(added, role, cue, [.. ofCue.Select(phrase => phrase.Pattern)]);
        }

        _grammar = new Grammar(form.Classes, phrases, added, form.Spellings, Split(form.Negators));
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

    /// <summary>The same language with more phrases.</summary>
    public LanguageRules With(IReadOnlyList<AddedPhrase> more, RuleSet rules) => new(_form, rules, more);

    /// <summary>Throws where a pattern cannot be added.</summary>
    public void Check(string pattern) =>
        _ = new Grammar(_form.Classes.Keys.ToDictionary(name => name, _ => (IReadOnlyList<string>)[]), [], [(0, pattern)], _form.Spellings, []);

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

        var bearings = Bearing(tokens, matches);
        foreach (var match in matches)
        {
            var meaning = _meanings[match.Meaning];
            if (meaning.Role != Role.Cue || NotMeant(match, bearings))
            {
                continue;
            }

            var given = Given(match, meaning.Cue, tokens, bearings);
            if (given >= 0)
            {
                var start = tokens[match.Start].Start;
                hits.Add(new Hit(given, start, tokens[match.End - 1].End - start));
            }
        }
    }

    private int Given(Match match, int cue, List<Token> tokens, Bearings bearings)
    {
        var form = _rules.Cues[cue];
        if (form.Form.Negatable && Negated(match, tokens, bearings))
        {
            return form.Denied;
        }

        return form.Past >= 0 && LongAgo(match, bearings) ? form.Past : cue;
    }

    // A figure of speech takes away what it covers, unless a phrase says more than it; another world takes the sentence it stands in.
    private bool NotMeant(Match match, Bearings bearings)
    {
        if (!_rules.Cues[_meanings[match.Meaning].Cue].Form.Firm && bearings.OfAnotherWorld[bearings.Sentences[match.Start]])
        {
            return true;
        }

        for (var at = match.Start; at < match.End; at++)
        {
            var (start, end) = bearings.Figures[at];
            var saysMore = match.Start <= start && end <= match.End && match.End - match.Start > end - start;
            if (end > 0 && !saysMore)
            {
                return true;
            }
        }

        return false;
    }

    private bool Negated(Match match, List<Token> tokens, Bearings bearings)
    {
        if (bearings.DenyingEnds[match.Start])
        {
            return true;
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
                return !bearings.PseudoNegations[at];
            }

            if (!_light.Contains(tokens[at].Text))
            {
                return false;
            }
        }

        return false;
    }

    private static bool LongAgo(Match match, Bearings bearings)
    {
        var nearest = ReachOfTime + 1;
        var past = false;
        for (var at = Math.Max(0, match.Start - ReachOfTime); at < Math.Min(bearings.Past.Length, match.End + ReachOfTime); at++)
        {
            var distance = Math.Max(0, Math.Max(match.Start - at, at - match.End + 1));
            var closer = distance < nearest || (distance == nearest && bearings.Past[at]);
            if (closer && (bearings.Past[at] || bearings.Recent[at]) && bearings.Sentences[at] == bearings.Sentences[match.Start])
            {
                (nearest, past) = (distance, bearings.Past[at]);
            }
        }

        return past;
    }

    // Kept a word at a time: a hostile message must not be able to make all of its phrases meet each other.
    private Bearings Bearing(List<Token> tokens, List<Match> matches)
    {
        var bearings = new Bearings(tokens);
        foreach (var match in matches)
        {
            var meaning = _meanings[match.Meaning];
            var length = match.End - match.Start;
            switch (meaning.Role)
            {
                case Role.PseudoNegation:
                    Array.Fill(bearings.PseudoNegations, true, match.Start, length);
                    break;
                case Role.DenyingFrame:
                    bearings.DenyingEnds[match.End] = true;
                    break;
                case Role.OtherWorld:
                    bearings.OfAnotherWorld[bearings.Sentences[match.Start]] = true;
                    break;
                case Role.FigureOfSpeech:
                    for (var at = match.Start; at < match.End; at++)
                    {
                        var (start, end) = bearings.Figures[at];
                        bearings.Figures[at] = length > end - start ? (match.Start, match.End) : (start, end);
                    }

                    break;
                case Role.Cue when meaning.Cue == _pastTime || meaning.Cue == _recentTime:
                    Array.Fill(meaning.Cue == _pastTime ? bearings.Past : bearings.Recent, true, match.Start, length);
                    break;
                default:
                    break;
            }
        }

        return bearings;
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

    /// <summary>What stands in a message that bears on the phrases around it, word by word.</summary>
    private sealed class Bearings
    {
        public Bearings(List<Token> tokens)
        {
            Sentences = new int[tokens.Count];
            for (var at = 1; at < tokens.Count; at++)
            {
                Sentences[at] = Sentences[at - 1] + (tokens[at].Before == Parting.Hard ? 1 : 0);
            }

            (Past, Recent, PseudoNegations) = (new bool[tokens.Count], new bool[tokens.Count], new bool[tokens.Count]);
            (DenyingEnds, OfAnotherWorld) = (new bool[tokens.Count + 1], new bool[tokens.Count]);
            Figures = new (int, int)[tokens.Count];
        }

        public int[] Sentences { get; }

        public bool[] Past { get; }

        public bool[] Recent { get; }

        public bool[] PseudoNegations { get; }

        public bool[] DenyingEnds { get; }

        public bool[] OfAnotherWorld { get; }

        public (int Start, int End)[] Figures { get; }
    }
}
