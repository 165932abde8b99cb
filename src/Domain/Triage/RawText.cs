using System.Globalization;
using System.Text;

namespace Chat.Domain.Triage;

/// <summary>How firmly a word is parted from the one before it.</summary>
internal enum Parting : byte
{
    Space,
    Soft,
    Hard,
}

/// <summary>A word as it was typed, folded: lower case, without accents, disguises of letters still in it.</summary>
/// <param name="Stressed">An accent stood on its last letter: "mató" is not "mato".</param>
internal readonly record struct RawWord(string Text, int Start, int End, Parting Before, bool Disguised, bool Stressed);

/// <summary>
/// A message taken apart into words that know where they stand in it. Case, accents, styled letters (full width, mathematical,
/// look-alikes of other scripts), joiners and combining marks are put aside; what people put between words is kept as a parting.
/// </summary>
internal static class RawText
{
    /// <summary>Longer words are no words of a language; only their beginning is looked at.</summary>
    private const int LongestWord = 48;

    private const string LookAlikes = "аaеeоoрpсcхxуyіiкkмmтtнhвbѕsԁdɡgαaοoεeιiκkνvτtυuｰ-";

    private static readonly char[] Folded = FoldBasicPlane();

    public static List<RawWord> Read(string text)
    {
        var words = new List<RawWord>(Math.Min(text.Length / 4 + 4, 4096));
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        var start = 0;
        var end = 0;
        var disguised = false;
        var stressed = false;
        var parting = Parting.Hard;
        for (var at = 0; at < text.Length;)
        {
            var wide = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            var width = wide ? 2 : 1;
            var letter = wide ? FoldWide(text, at) : Folded[text[at]];
            if (letter is >= 'a' and <= 'z' or >= '0' and <= '9' || letter > 127 && char.IsLetter(letter))
            {
                if (length == 0)
                {
                    start = at;
                }

                if (length < LongestWord)
                {
                    word[length++] = letter;
                }

                stressed = text[at] is 'á' or 'é' or 'í' or 'ó' or 'ú' or 'Á' or 'É' or 'Í' or 'Ó' or 'Ú';
                end = at + width;
            }
            else if (letter == Dropped || (letter == '\'' && length > 0))
            {
                // Marks, joiners and apostrophes stand inside a word.
                stressed |= text[at] == '\u0301';
            }
            else if (Disguises(letter) && Inside(text, at, length > 0))
            {
                if (length == 0)
                {
                    start = at;
                }

                if (length < LongestWord)
                {
                    word[length++] = letter;
                }

                disguised = true;
                end = at + 1;
            }
            else
            {
                Close(words, word, ref length, start, end, ref disguised, stressed, ref parting);
                var emoji = wide || text[at] is >= '\u2600' and <= '\u27BF' ? Emoji(text, at, width) : null;
                if (emoji is not null)
                {
                    words.Add(new RawWord(emoji, at, at + width, parting, false, false));
                    parting = Parting.Space;
                }
                else
                {
                    parting = Further(parting, text, at, letter);
                }
            }

            at += width;
        }

        Close(words, word, ref length, start, end, ref disguised, stressed, ref parting);
        return words;
    }

    // A full stop after every word is a way of typing, not an end of every sentence.
    public static bool PartsEveryWord(List<RawWord> words)
    {
        var hard = 0;
        foreach (var word in words)
        {
            hard += word.Before == Parting.Hard ? 1 : 0;
        }

        return words.Count >= 4 && hard * 10 >= words.Count * 6;
    }

    private static void Close(
        List<RawWord> words, ReadOnlySpan<char> word, ref int length, int start, int end, ref bool disguised, bool stressed, ref Parting parting)
    {
        if (length == 0)
        {
            return;
        }

        words.Add(new RawWord(new string(word[..length]), start, end, parting, disguised, stressed));
        parting = Parting.Space;
        length = 0;
        disguised = false;
    }

    private static bool Disguises(char letter) => letter is '@' or '$' or '!' or '*' or '|' or '+';

    // A sign counts as a letter only where letters stand on both sides of it, or, for two of them, where a word begins.
    private static bool Inside(string text, int at, bool inWord)
    {
        var next = at + 1;
        while (next < text.Length && text[next] == '*')
        {
            next++;
        }

        var letterFollows = next < text.Length && char.IsLetterOrDigit(text[next]);
        return letterFollows && (inWord || text[at] is '$' or '@');
    }

    private static Parting Further(Parting parting, string text, int at, char letter)
    {
        var found = letter switch
        {
            '.' when Ellipsis(text, at) => Parting.Soft,
            '.' or '!' or '?' or '…' => at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]) ? Parting.Hard : Parting.Soft,
            ' ' or '-' or '_' or '\t' or '/' or '\'' => Parting.Space,
            _ => Parting.Soft,
        };
        return found > parting ? found : parting;
    }

    private static bool Ellipsis(string text, int at) =>
        (at > 0 && text[at - 1] == '.') || (at + 1 < text.Length && text[at + 1] == '.');

    private const char Dropped = '\0';

    private static char[] FoldBasicPlane()
    {
        var folded = new char[char.MaxValue + 1];
        for (var at = 0; at <= char.MaxValue; at++)
        {
            folded[at] = Fold((char)at);
        }

        for (var at = 0; at < LookAlikes.Length; at += 2)
        {
            folded[LookAlikes[at]] = LookAlikes[at + 1];
            folded[char.ToUpperInvariant(LookAlikes[at])] = LookAlikes[at + 1];
        }

        foreach (var apostrophe in "'’‘`´ʼ")
        {
            folded[apostrophe] = '\'';
        }

        return folded;
    }

    private static char Fold(char letter)
    {
        var category = char.GetUnicodeCategory(letter);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.EnclosingMark)
        {
            return Dropped;
        }

        if (letter < 128)
        {
            return char.ToLowerInvariant(letter);
        }

        if (char.IsSurrogate(letter) || letter is '\uFFFE' or '\uFFFF' || letter is '…')
        {
            return letter is '…' ? letter : ' ';
        }

        var plain = letter.ToString().Normalize(NormalizationForm.FormKD);
        return char.IsLetterOrDigit(plain[0]) ? char.ToLowerInvariant(plain[0]) : letter;
    }

    private static char FoldWide(string text, int at)
    {
        var rune = new Rune(text[at], text[at + 1]);
        // Letters dressed as mathematics, and letters in squares and circles.
        if (rune.Value is >= 0x1D400 and <= 0x1D7FF)
        {
            var plain = rune.ToString().Normalize(NormalizationForm.FormKD);
            return char.ToLowerInvariant(plain[0]);
        }

        return rune.Value switch
        {
            >= 0x1F130 and <= 0x1F149 => (char)('a' + rune.Value - 0x1F130),
            >= 0x1F150 and <= 0x1F169 => (char)('a' + rune.Value - 0x1F150),
            >= 0x1F170 and <= 0x1F189 => (char)('a' + rune.Value - 0x1F170),
            >= 0x1F3FB and <= 0x1F3FF => Dropped,
            _ => ';',
        };
    }

    // An emoji that can stand for a word in a sentence is read as that word; it never says anything alone.
    private static string? Emoji(string text, int at, int width) => (width == 2 ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at]) switch
    {
        0x1F48A => "emojipills",
        0x1F52A or 0x1F5E1 => "emojiknife",
        0x1F52B => "emojigun",
        0x1FA78 => "emojiblood",
        0x1F309 => "emojibridge",
        0x1FAA2 => "emojirope",
        0x26B0 => "emojicoffin",
        0x1F480 or 0x2620 => "emojiskull",
        _ => null,
    };
}
