using System.Collections.Frozen;
using System.Text;

namespace Chat.Domain.Triage;

/// <summary>A word as the grammar knows it; unknown words have the symbol 0.</summary>
internal readonly record struct Token(string Text, int Symbol, int Start, int End, Parting Before);

/// <summary>
/// The words of one language: how they are written otherwise (short forms, disguises, misspellings) and which symbol each has in the
/// grammar. Only words of the risk vocabulary are looked for behind a misspelling, and never behind a word that exists.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>A message has no more misspelt words than this looked after: a hostile one must not be able to buy time with them.</summary>
    private const int MostRepairs = 160;

    private readonly FrozenDictionary<string, string[]> _spellings;
    private readonly FrozenDictionary<string, int> _symbols;
    private readonly FrozenSet<string> _ordinary;
    private readonly FrozenSet<string> _targets;
    private readonly FrozenDictionary<string, string[]> _nearby;
    private readonly FrozenDictionary<string, string> _sounds;
    private readonly bool _spanish;

    public Lexicon(
        IReadOnlyDictionary<string, int> symbols, IReadOnlyDictionary<string, string> spellings, IReadOnlyCollection<string> targets,
        IReadOnlyCollection<string> ordinary, bool spanish)
    {
        _spanish = spanish;
        _symbols = symbols.ToFrozenDictionary(StringComparer.Ordinal);
        _spellings = spellings.ToFrozenDictionary(
            pair => Key(pair.Key), pair => pair.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
        _targets = targets.ToFrozenSet(StringComparer.Ordinal);
        _ordinary = ordinary.ToFrozenSet(StringComparer.Ordinal);
        var nearby = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var sounds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var target in targets)
        {
            foreach (var shorter in Shorter(target).Append(target))
            {
                (nearby.TryGetValue(shorter, out var near) ? near : nearby[shorter] = []).Add(target);
            }

            sounds.TryAdd(Sound(target), target);
        }

        _nearby = nearby.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Distinct().ToArray(), StringComparer.Ordinal);
        _sounds = sounds.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public List<Token> Read(List<RawWord> words)
    {
        var tokens = new List<Token>(words.Count + 8);
        var repairs = MostRepairs;
        var everyWordParted = RawText.PartsEveryWord(words);
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (everyWordParted && at > 0)
            {
                word = word with { Before = Parting.Space };
            }

            var letters = SpacedLetters(words, at);
            if (letters > 0 && Segmented(Joined(words, at, letters)) is { } spelt)
            {
                Add(tokens, spelt, word.Start, words[at + letters - 1].End, word.Before);
                at += letters - 1;
            }
            else if (Known(word) is { } known)
            {
                Add(tokens, known, word.Start, word.End, word.Before);
            }
            else if (at + 1 < words.Count && Halves(word, words[at + 1]) is { } whole)
            {
                Add(tokens, [whole], word.Start, words[++at].End, word.Before);
            }
            else if (Unit(word) is { } counted)
            {
                Add(tokens, counted, word.Start, word.End, word.Before);
            }
            else if (repairs > 0 && word.Text.Length >= 3 && Repaired(word, ref repairs) is { } repaired)
            {
                Add(tokens, repaired, word.Start, word.End, word.Before);
            }
            else
            {
                tokens.Add(new Token(word.Text, 0, word.Start, word.End, word.Before));
            }
        }

        return tokens;
    }

    /// <summary>A pattern's words as a message's would be read, so that both are written alike.</summary>
    public static IEnumerable<string> Spelt(string word, IReadOnlyDictionary<string, string> spellings) =>
        spellings.TryGetValue(word, out var meant) ? meant.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [word];

    private void Add(List<Token> tokens, string[] texts, int start, int end, Parting before)
    {
        foreach (var text in texts)
        {
            tokens.Add(new Token(text, _symbols.GetValueOrDefault(text), start, end, before));
            before = Parting.Space;
        }
    }

    private string[]? Known(RawWord word)
    {
        if (word.Stressed && _spellings.TryGetValue(word.Text + "´", out var stressed))
        {
            return stressed;
        }

        if (_spellings.TryGetValue(word.Text, out var meant))
        {
            return meant;
        }

        return _symbols.ContainsKey(word.Text) || _ordinary.Contains(word.Text) ? [word.Text] : null;
    }

    private string[]? Repaired(RawWord word, ref int repairs)
    {
        repairs--;
        var text = word.Text;
        if (word.Disguised || HasDigitsAmongLetters(text))
        {
            var plain = Undisguised(text);
            if (text.Contains('*', StringComparison.Ordinal))
            {
                return Starred(plain) is { } starred ? [starred] : null;
            }

            if (Meant(plain) is { } undisguised)
            {
                return undisguised;
            }

            text = plain;
        }

        if (Squeezed(text, keep: 2) is { } twice && Meant(twice) is { } withTwo)
        {
            return withTwo;
        }

        if (Squeezed(text, keep: 1) is { } once)
        {
            if (Meant(once) is { } withOne)
            {
                return withOne;
            }

            text = once;
        }

        if (char.IsAsciiDigit(text[0]))
        {
            return null;
        }

        if (_spanish && text.Length >= 4 && _sounds.TryGetValue(Sound(text), out var sounded))
        {
            return [sounded];
        }

        if ((Near(word.Text) ?? Near(text)) is { } near)
        {
            return [near];
        }

        return text.Length >= 7 ? Segmented(text) : null;
    }

    // "13yo", "7th", "20mg": a number and what it counts.
    private string[]? Unit(RawWord word)
    {
        var text = word.Text;
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        return digits > 0 && digits < text.Length && text.Length - digits <= 4 && Meant(text[digits..]) is { } unit
            ? [text[..digits], .. unit]
            : null;
    }

    private string[]? Meant(string text) =>
        _spellings.TryGetValue(text, out var meant) ? meant
        : _symbols.ContainsKey(text) || _ordinary.Contains(text) ? [text]
        : null;

    // The risk vocabulary within one slip of the fingers, two in a long word; the first letter is hardly ever the wrong one.
    private string? Near(string text)
    {
        if (text.Length is < 4 or > 16)
        {
            return null;
        }

        string? best = null;
        var least = 3;
        foreach (var shorter in Shorter(text).Prepend(text))
        {
            if (!_nearby.TryGetValue(shorter, out var candidates))
            {
                continue;
            }

            foreach (var candidate in candidates)
            {
                var most = candidate.Length >= 8 ? 2 : candidate.Length >= 5 || text.Length >= 5 ? 1 : 0;
                var slips = candidate[0] == text[0] || SwappedFirst(candidate, text) ? Slips(text, candidate) : 3;
                if (slips <= most && (slips < least || (slips == least && string.CompareOrdinal(candidate, best) < 0)))
                {
                    least = slips;
                    best = candidate;
                }
            }
        }

        return best;
    }

    private static bool SwappedFirst(string one, string other) =>
        one.Length > 1 && other.Length > 1 && one[0] == other[1] && one[1] == other[0];

    private static IEnumerable<string> Shorter(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            yield return text.Remove(at, 1);
        }
    }

    // Insertions, deletions, substitutions and neighbours swapped.
    private static int Slips(string one, string other)
    {
        Span<int> before = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> row = stackalloc int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = one[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + same);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            last.CopyTo(before);
            row.CopyTo(last);
        }

        return last[other.Length];
    }

    private static int SpacedLetters(List<RawWord> words, int at)
    {
        var count = 0;
        while (at + count < words.Count && words[at + count].Text.Length == 1 && !char.IsAsciiDigit(words[at + count].Text[0]) && count < 64)
        {
            count++;
        }

        return count >= 3 ? count : 0;
    }

    private static string Joined(List<RawWord> words, int at, int count)
    {
        var joined = new StringBuilder(count);
        for (var next = at; next < at + count; next++)
        {
            joined.Append(words[next].Text);
        }

        return joined.ToString();
    }

    // "sui cide": two halves of a word of the risk vocabulary, of which one at least is no word.
    private string? Halves(RawWord first, RawWord second)
    {
        if (second.Before == Parting.Hard || first.Text.Length + second.Text.Length is < 5 or > 14)
        {
            return null;
        }

        var whole = first.Text + second.Text;
        return _targets.Contains(whole) ? whole : null;
    }

    // Words written without spaces: the fewest known words that make up the whole, one of the risk vocabulary among them.
    private string[]? Segmented(string text)
    {
        if (text.Length > 40)
        {
            return null;
        }

        Span<int> fewest = stackalloc int[text.Length + 1];
        Span<int> from = stackalloc int[text.Length + 1];
        for (var end = 1; end <= text.Length; end++)
        {
            fewest[end] = 1000;
            for (var start = Math.Max(0, end - 14); start < end; start++)
            {
                var length = end - start;
                if (fewest[start] >= 1000 || (length == 1 && text[start] is not ('i' or 'a' or 'y' or 'o' or 'u')))
                {
                    continue;
                }

                var price = fewest[start] + (length == 1 ? 2 : 1);
                if (price < fewest[end] && Meant(text.Substring(start, length)) is not null)
                {
                    fewest[end] = price;
                    from[end] = start;
                }
            }
        }

        if (fewest[text.Length] >= 1000)
        {
            return null;
        }

        var found = new List<string>();
        var risky = false;
        for (var end = text.Length; end > 0; end = from[end])
        {
            var part = text[from[end]..end];
            risky |= _targets.Contains(part) || _spellings.ContainsKey(part);
            found.InsertRange(0, Meant(part)!);
        }

        return risky ? [.. found] : null;
    }

    private string? Starred(string text)
    {
        foreach (var target in _targets)
        {
            if (Fits(text, target))
            {
                return target;
            }
        }

        return null;
    }

    // A run of stars stands for as many letters, or for any number of them.
    private static bool Fits(string text, string target)
    {
        if (text[0] != target[0])
        {
            return false;
        }

        var first = text.IndexOf('*', StringComparison.Ordinal);
        var last = text.LastIndexOf('*');
        var tail = text.Length - last - 1;
        if (text.Length == target.Length)
        {
            for (var at = 0; at < text.Length; at++)
            {
                if (text[at] != '*' && text[at] != target[at])
                {
                    return false;
                }
            }

            return true;
        }

        return first + tail >= 3 && first + tail <= target.Length && target.StartsWith(text[..first], StringComparison.Ordinal)
            && target.EndsWith(text[(last + 1)..], StringComparison.Ordinal);
    }

    private static string? Squeezed(string text, int keep)
    {
        var squeezed = new StringBuilder(text.Length);
        var run = 0;
        var longest = 0;
        for (var at = 0; at < text.Length; at++)
        {
            run = at > 0 && text[at] == text[at - 1] ? run + 1 : 1;
            longest = Math.Max(longest, run);
            if (run <= keep)
            {
                squeezed.Append(text[at]);
            }
        }

        return longest > 2 || (keep == 1 && longest == 2 && text.Length > 3) ? squeezed.ToString() : null;
    }

    private static bool HasDigitsAmongLetters(string text)
    {
        var digits = false;
        var letters = false;
        foreach (var letter in text)
        {
            digits |= char.IsAsciiDigit(letter);
            letters |= char.IsLetter(letter);
        }

        return digits && letters;
    }

    private static string Undisguised(string text) => string.Create(text.Length, text, (plain, disguised) =>
    {
        for (var at = 0; at < plain.Length; at++)
        {
            plain[at] = disguised[at] switch
            {
                '0' => 'o',
                '1' or '!' or '|' => 'i',
                '3' => 'e',
                '4' or '@' => 'a',
                '5' or '$' => 's',
                '7' or '+' => 't',
                '8' => 'b',
                '9' => 'g',
                var same => same,
            };
        }
    });

    // What a Spanish word sounds like: b and v, s and z and soft c, ll and y, hard c and k and qu are one sound, h is none.
    private static string Sound(string text)
    {
        var sound = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            var next = at + 1 < text.Length ? text[at + 1] : ' ';
            var soft = next is 'e' or 'i';
            var heard = letter switch
            {
                'h' => '-',
                'v' => 'b',
                'z' or 'x' => 's',
                'c' when next == 'h' => 'x',
                'c' => soft ? 's' : 'k',
                'q' => 'k',
                'u' when at > 0 && text[at - 1] is 'q' or 'g' && soft => '-',
                'l' when next == 'l' => '-',
                'l' when at > 0 && text[at - 1] == 'l' => 'y',
                'g' when soft => 'j',
                _ => letter,
            };
            if (heard != '-' && (sound.Length == 0 || sound[^1] != heard))
            {
                sound.Append(heard);
            }
        }

        return sound.ToString();
    }

    private static string Key(string word)
    {
        var read = RawText.Read(word);
        return read.Count == 1 ? read[0].Text + (read[0].Stressed ? "´" : "") : word;
    }
}
