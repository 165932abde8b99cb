using System.Collections.Frozen;

namespace Chat.Domain.Triage;

/// <summary>A pattern that was found: what it stands for, and the words from Start up to End.</summary>
internal readonly record struct Match(int Meaning, int Start, int End);

/// <summary>A phrase that cannot be read, and from which of its characters on.</summary>
public sealed class PhraseException(string phrase, string what, int at) : FormatException($"The phrase '{phrase}' {what}.")
{
    /// <summary>What is the matter with it, in words that go on a sentence about it and quote nothing of it.</summary>
    public string What { get; } = what;

    public int At { get; } = at;
}

/// <summary>
/// The phrases of one language as one tree of symbols: words, beginnings of words (kill*), numbers (#, #minor, #adult), classes of
/// phrases and small gaps. All phrases are looked for at once; a class may stand in a phrase, and in another class.
/// Pattern language: (a|b c) one of, x? perhaps, .. up to three and ... up to six words between, _ any one word, ^ and $ the
/// beginning and the end of a sentence. A gap never passes a negation or the end of a sentence.
/// Phrases that an affiliate has added stand in a tree of their own, with a bound of their own to what they may cost: however many
/// they are, they take nothing from those that everybody has.
/// </summary>
internal sealed class Grammar
{
    private const int AnyWord = 1;
    private const int SmallGap = 3;
    private const int WideGap = 6;
    private const int SmallestNamelessClass = 4;

    /// <summary>How deep a class may begin with a class that begins with a class.</summary>
    private const int MostLooks = 5;

    /// <summary>What one place in a message may cost; far more than language needs, and a bound for what is not language.</summary>
    private const int MostSteps = 4000;
    private const int LeastSteps = 400;

    /// <summary>What all places of a long message may cost together.</summary>
    private const int MostStepsOfAMessage = 1_200_000;

    /// <summary>The same for added phrases.</summary>
    private const int MostAddedSteps = 400;
    private const int LeastAddedSteps = 25;
    private const int MostAddedStepsOfAMessage = 120_000;

    /// <summary>For how many sequences of words a phrase may stand; fewer for one that is added.</summary>
    private const int MostSequences = 4096;
    private const int MostAddedSequences = 32;

    private const int Root = 0;
    private const int RootOfAdded = 1;
    private const int ShortestBeginning = 3;

    private readonly Dictionary<string, int> _symbols = new(StringComparer.Ordinal) { [""] = 0, ["_"] = AnyWord };
    private readonly Dictionary<long, int> _planted = [];
    private readonly FrozenDictionary<long, int> _next;
    private readonly List<Node> _nodes = [new Node(), new Node()];
    private readonly Dictionary<int, List<int>> _singles = [];
    private readonly Dictionary<int, int> _classOf = [];
    private readonly IReadOnlyDictionary<string, string> _spellings;
    private readonly FrozenSet<int> _negators;
    private readonly int _number;
    private readonly int _minor;
    private readonly int _adult;
    private readonly Dictionary<string, int> _beginnings = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int[]> _beginningsOf = [];
    private readonly int _longestBeginning;
    private readonly bool _hasAdded;

    public Grammar(
        IReadOnlyDictionary<string, IReadOnlyList<string>> classes, IEnumerable<(int Meaning, string Pattern)> phrases,
        IEnumerable<(int Meaning, string Pattern)> added, IReadOnlyDictionary<string, string> spellings, IReadOnlyCollection<string> negators)
    {
        _spellings = spellings;
        _number = Symbol("#");
        _minor = Symbol("#minor");
        _adult = Symbol("#adult");
        foreach (var name in classes.Keys)
        {
            _classOf[Symbol($"<{name}>")] = 0;
        }

        foreach (var (name, entries) in classes)
        {
            PlantClass(Symbol($"<{name}>"), entries.SelectMany(Sequences));
        }

        foreach (var (meaning, pattern) in phrases)
        {
            foreach (var sequence in Sequences(pattern))
            {
                Plant(sequence, meaning + 1, Root);
            }
        }

        foreach (var (meaning, pattern) in added)
        {
            _hasAdded = true;
            foreach (var sequence in AddedSequences(pattern))
            {
                Plant(sequence, meaning + 1, RootOfAdded);
            }
        }

        foreach (var word in spellings.Values.SelectMany(meant => meant.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            Symbol(word);
        }

        _next = _planted.ToFrozenDictionary();
        _planted.Clear();
        _negators = negators.Select(Symbol).ToFrozenSet();
        _longestBeginning = _beginnings.Keys.Select(beginning => beginning.Length).DefaultIfEmpty(0).Max();
        foreach (var (word, symbol) in _symbols)
        {
            _beginningsOf[symbol] = [.. Beginnings(word)];
        }
    }

    /// <summary>Every word that a phrase names, with its symbol.</summary>
    public IReadOnlyDictionary<string, int> Words =>
        _symbols.Where(pair => pair.Value > AnyWord && pair.Key[0] is not ('<' or '#') && pair.Key[^1] != '*')
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    public bool Negates(Token token) => _negators.Contains(token.Symbol);

    public List<Match> Find(List<Token> tokens)
    {
        var found = new List<Match>();
        var edges = new Edges(tokens.Count);
        for (var at = tokens.Count - 1; at >= 0; at--)
        {
            AddOwnSymbols(edges, tokens[at], at);
            // A class that begins with a class is complete only after another look.
            for (var look = 0; look < MostLooks; look++)
            {
                var walk = new Walk(this, tokens, edges, found, at, classes: true, Steps(tokens));
                var before = edges.Count;
                walk.From(Root, at);
                if (edges.Count == before)
                {
                    break;
                }
            }

            new Walk(this, tokens, edges, found, at, classes: false, Steps(tokens)).From(Root, at);
            if (_hasAdded)
            {
                new Walk(this, tokens, edges, found, at, classes: false, AddedSteps(tokens)).From(RootOfAdded, at);
            }
        }

        return found;
    }

    private static int Steps(List<Token> tokens) => Math.Clamp(MostStepsOfAMessage / tokens.Count, LeastSteps, MostSteps);

    private static int AddedSteps(List<Token> tokens) => Math.Clamp(MostAddedStepsOfAMessage / tokens.Count, LeastAddedSteps, MostAddedSteps);

    private void AddOwnSymbols(Edges edges, Token token, int at)
    {
        if (token.Symbol > AnyWord)
        {
            AddEdge(edges, at, token.Symbol, at + 1);
            foreach (var beginning in _beginningsOf[token.Symbol])
            {
                AddEdge(edges, at, beginning, at + 1);
            }
        }

        if (char.IsAsciiDigit(token.Text[0]))
        {
            AddEdge(edges, at, _number, at + 1);
            if (token.Text.Length <= 2 && int.TryParse(token.Text, out var number))
            {
                AddEdge(edges, at, number is >= 5 and <= 17 ? _minor : number >= 18 ? _adult : _number, at + 1);
            }
        }
        else if (token.Symbol <= AnyWord)
        {
            foreach (var beginning in Beginnings(token.Text))
            {
                AddEdge(edges, at, beginning, at + 1);
            }
        }
    }

    private void AddEdge(Edges edges, int at, int symbol, int end)
    {
        if (!edges.Add(at, symbol, end) || !_singles.TryGetValue(symbol, out var owners))
        {
            return;
        }

        foreach (var owner in owners)
        {
            AddEdge(edges, at, owner, end);
        }
    }

    private List<int> Beginnings(string word)
    {
        var lookup = _beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        var found = new List<int>();
        for (var length = 2; length <= Math.Min(word.Length, _longestBeginning); length++)
        {
            if (lookup.TryGetValue(word.AsSpan(0, length), out var beginning))
            {
                found.Add(beginning);
            }
        }

        return found;
    }

    private int Symbol(string name)
    {
        if (!_symbols.TryGetValue(name, out var symbol))
        {
            symbol = _symbols[name] = _symbols.Count;
        }

        return symbol;
    }

    // A node's meanings: above zero a phrase's, below zero a class's symbol.
    private void Plant(List<int> sequence, int meaning, int root)
    {
        var at = root;
        foreach (var symbol in sequence)
        {
            var key = Key(at, symbol);
            if (!_planted.TryGetValue(key, out var next))
            {
                next = _nodes.Count;
                _nodes.Add(new Node());
                _planted[key] = next;
                switch (symbol)
                {
                    case StepSmallGap:
                        _nodes[at].AfterSmallGap = next;
                        break;
                    case StepWideGap:
                        _nodes[at].AfterWideGap = next;
                        break;
                    case StepBegin:
                        _nodes[at].AfterBegin = next;
                        break;
                    case StepFinish:
                        _nodes[at].AfterFinish = next;
                        break;
                    case AnyWord:
                        _nodes[at].AfterAny = next;
                        break;
                    default:
                        _nodes[at].Branches |= Bit(symbol);
                        break;
                }
            }

            at = next;
        }

        var meanings = meaning < 0 ? _nodes[at].Classes : _nodes[at].Phrases;
        if (!meanings.Contains(meaning))
        {
            meanings.Add(meaning);
        }

        if (meaning < 0)
        {
            Mark(sequence, root, node => node.LeadsToClass = true);
        }
        else
        {
            Mark(sequence, root, node => node.LeadsToPhrase = true);
        }
    }

    private void Mark(List<int> sequence, int root, Action<Node> mark)
    {
        var at = root;
        foreach (var symbol in sequence)
        {
            at = _planted[Key(at, symbol)];
            mark(_nodes[at]);
        }
    }

    private const int StepSmallGap = -1;
    private const int StepWideGap = -2;
    private const int StepBegin = -3;
    private const int StepFinish = -4;

    private static long Key(int node, int symbol) => ((long)node << 32) | (uint)symbol;

    private static ulong Bit(int symbol) => 1UL << (symbol & 63);

    private List<List<int>> Sequences(string pattern) => Sequences(new Reading(pattern, MostSequences, NamesClasses: true));

    /// <summary>An added phrase is looked at more closely: whoever wrote it is no programmer, and it must not cost much.</summary>
    private List<List<int>> AddedSequences(string pattern)
    {
        var sequences = Sequences(new Reading(pattern, MostAddedSequences, NamesClasses: false));
        if (sequences.Exists(sequence => !sequence.Exists(symbol => symbol > AnyWord && symbol != _number && symbol != _minor && symbol != _adult)))
        {
            throw new PhraseException(pattern, "names no word", 0);
        }

        if (sequences.Exists(sequence => sequence[0] is StepSmallGap or StepWideGap || sequence[^1] is StepSmallGap or StepWideGap))
        {
            throw new PhraseException(pattern, "begins or ends with a gap", 0);
        }

        return sequences;
    }

    private List<List<int>> Sequences(Reading reading)
    {
        var at = 0;
        var sequences = Alternatives(reading, ref at);
        if (at < reading.Pattern.Length)
        {
            throw reading.Fault("has a bracket too many", at);
        }

        if (sequences.Exists(sequence => sequence.Count == 0))
        {
            throw reading.Fault("can stand for nothing", 0);
        }

        return sequences;
    }

    private List<List<int>> Alternatives(Reading reading, ref int at)
    {
        var pattern = reading.Pattern;
        var all = new List<List<int>>();
        var current = new List<List<int>> { new() };
        while (at < pattern.Length && pattern[at] != ')')
        {
            if (pattern[at] == '|')
            {
                all.AddRange(current);
                current = [[]];
                at++;
                continue;
            }

            if (pattern[at] == ' ')
            {
                at++;
                continue;
            }

            var start = at;
            var item = Item(reading, ref at);
            if (at < pattern.Length && pattern[at] == '?')
            {
                item.Add([]);
                at++;
            }

            if ((long)current.Count * item.Count > reading.Most)
            {
                throw reading.Fault("stands for too much", start);
            }

            current = [.. current.SelectMany(_ => item, (head, tail) => (List<int>)[.. head, .. tail])];
        }

        all.AddRange(current);
        return all.Count <= reading.Most ? all : throw reading.Fault("stands for too much", Math.Max(0, at - 1));
    }

    private List<List<int>> Item(Reading reading, ref int at)
    {
        var pattern = reading.Pattern;
        var start = at;
        if (pattern[at] == '(')
        {
            at++;
            var inner = Alternatives(reading, ref at);
            if (at >= pattern.Length)
            {
                throw reading.Fault("has an open bracket", start);
            }

            var group = pattern[start..++at];
            return !reading.NamesClasses || inner.Count < SmallestNamelessClass || inner.Exists(sequence => sequence.Count == 0)
                ? inner
                : [[NamelessClass(group, inner)]];
        }

        while (at < pattern.Length && pattern[at] is not (' ' or '|' or '(' or ')' or '?'))
        {
            at++;
        }

        var word = pattern[start..at];
        return word switch
        {
            "" => throw reading.Fault("has a ? after nothing", start),
            "..." => [[StepWideGap]],
            ".." => [[StepSmallGap]],
            "^" => [[StepBegin]],
            "$" => [[StepFinish]],
            "_" => [[AnyWord]],
            _ when word[0] == '<' => _classOf.ContainsKey(Symbol(word))
                ? [[Symbol(word)]]
                : throw reading.Fault("names a class which there is not", start),
            _ when word[0] == '#' => reading.NamesClasses || word is "#" or "#minor" or "#adult"
                ? [[Symbol(word)]]
                : throw reading.Fault("has a # that is none of #, #minor and #adult", start),
            _ when word[^1] == '*' => [[Beginning(reading, word, start)]],
            _ => [[.. Lexicon.Spelt(Plain(reading, word, start), _spellings).Select(Symbol)]],
        };
    }

    // Words are looked for as a message's words are read: what no message can hold is a slip of whoever wrote it.
    private static string Plain(Reading reading, string word, int start) =>
        reading.NamesClasses || RawText.Read(word) is [var read] && read.Text == word
            ? word
            : throw reading.Fault("has a word that is not plain letters in lower case, without accents, apostrophes and hyphens", start);

    // A phrase with several long choices would be as many phrases as their product; as a class each choice is written once.
    private int NamelessClass(string group, List<List<int>> sequences)
    {
        var known = _symbols.ContainsKey($"<{group}>");
        var symbol = Symbol($"<{group}>");
        if (!known)
        {
            PlantClass(symbol, sequences);
        }

        return symbol;
    }

    private void PlantClass(int symbol, IEnumerable<List<int>> sequences)
    {
        foreach (var sequence in sequences)
        {
            if (sequence.Count == 1 && sequence[0] > AnyWord)
            {
                (_singles.TryGetValue(sequence[0], out var owners) ? owners : _singles[sequence[0]] = []).Add(symbol);
            }
            else
            {
                Plant(sequence, -symbol, Root);
            }
        }
    }

    private int Beginning(Reading reading, string word, int start)
    {
        if (!reading.NamesClasses && Plain(reading, word[..^1].Length > 0 ? word[..^1] : "*", start).Length < ShortestBeginning)
        {
            throw reading.Fault($"has a beginning of a word with fewer than {ShortestBeginning} letters", start);
        }

        var symbol = Symbol(word);
        _beginnings[word[..^1]] = symbol;
        return symbol;
    }

    /// <summary>A pattern as it is read.</summary>
    /// <param name="Most">For how many sequences it may stand.</param>
    /// <param name="NamesClasses">It came with the rules: a choice of several becomes a class, and its words are taken as they are.</param>
    private sealed record Reading(string Pattern, int Most, bool NamesClasses)
    {
        public PhraseException Fault(string what, int at) => new(Pattern, what, at);
    }

    private sealed class Node
    {
        public List<int> Phrases { get; } = [];

        public List<int> Classes { get; } = [];

        public int AfterSmallGap { get; set; }

        public int AfterWideGap { get; set; }

        public int AfterBegin { get; set; }

        public int AfterFinish { get; set; }

        public int AfterAny { get; set; }

        /// <summary>A bit for each word or class that leads on from here, some sharing one: most that do not are told apart without a look.</summary>
        public ulong Branches { get; set; }

        public bool LeadsToClass { get; set; }

        public bool LeadsToPhrase { get; set; }
    }

    /// <summary>What begins at each place: a symbol, and where it ends.</summary>
    private sealed class Edges(int places)
    {
        private readonly int[] _first = new int[places + 1];
        private readonly List<(int Symbol, int End, int Next)> _edges = [default];

        public int Count => _edges.Count;

        public int First(int at) => _first[at];

        public (int Symbol, int End, int Next) this[int edge] => _edges[edge];

        public bool Add(int at, int symbol, int end)
        {
            for (var edge = _first[at]; edge != 0; edge = _edges[edge].Next)
            {
                if (_edges[edge].Symbol == symbol && _edges[edge].End == end)
                {
                    return false;
                }
            }

            _edges.Add((symbol, end, _first[at]));
            _first[at] = _edges.Count - 1;
            return true;
        }
    }

    private struct Walk(Grammar grammar, List<Token> tokens, Edges edges, List<Match> found, int start, bool classes, int steps)
    {
        private int _steps = steps;

        public void From(int nodeAt, int at)
        {
            if (--_steps < 0)
            {
                return;
            }

            var node = grammar._nodes[nodeAt];
            if (nodeAt > RootOfAdded)
            {
                if (classes ? !node.LeadsToClass : !node.LeadsToPhrase)
                {
                    return;
                }

                Accept(node, at);
            }

            if (node.AfterBegin > 0 && (at == 0 || (at < tokens.Count && tokens[at].Before == Parting.Hard)))
            {
                From(node.AfterBegin, at);
            }

            if (node.AfterFinish > 0 && (at == tokens.Count || tokens[at].Before == Parting.Hard))
            {
                From(node.AfterFinish, at);
            }

            if (at >= tokens.Count || (at > start && tokens[at].Before == Parting.Hard))
            {
                return;
            }

            if (node.Branches != 0)
            {
                for (var edge = edges.First(at); edge != 0; edge = edges[edge].Next)
                {
                    var (symbol, end, _) = edges[edge];
                    if ((node.Branches & Bit(symbol)) != 0 && grammar._next.TryGetValue(Key(nodeAt, symbol), out var next))
                    {
                        From(next, end);
                    }
                }
            }

            if (node.AfterAny > 0)
            {
                From(node.AfterAny, at + 1);
            }

            if (node.AfterSmallGap > 0)
            {
                Over(node.AfterSmallGap, at, SmallGap);
            }

            if (node.AfterWideGap > 0)
            {
                Over(node.AfterWideGap, at, WideGap);
            }
        }

        private void Over(int nodeAt, int at, int most)
        {
            for (var skipped = 0; skipped <= most; skipped++)
            {
                From(nodeAt, at + skipped);
                if (at + skipped >= tokens.Count || grammar.Negates(tokens[at + skipped])
                    || (skipped > 0 && tokens[at + skipped].Before == Parting.Hard))
                {
                    return;
                }
            }
        }

        private readonly void Accept(Node node, int at)
        {
            if (classes)
            {
                foreach (var symbol in node.Classes)
                {
                    grammar.AddEdge(edges, start, -symbol, at);
                }
            }
            else
            {
                foreach (var meaning in node.Phrases)
                {
                    found.Add(new Match(meaning - 1, start, at));
                }
            }
        }
    }
}
