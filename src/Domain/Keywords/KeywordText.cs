using System.Globalization;
using System.Text;

namespace Chat.Domain.Keywords;

/// <summary>
/// What remains of a message when case, accents, punctuation, emoji and spacing are put aside: two texts are the same keyword when
/// what remains is the same. The whole message counts, so a sentence that holds a keyword is a sentence.
/// </summary>
public static class KeywordText
{
    /// <summary>Longer messages are never keywords; they are not looked at.</summary>
    public const int LongestKeyword = 40;

    public static string Normalise(string text)
    {
        if (text.Length > LongestKeyword * 4)
        {
            return "";
        }

        var words = Fold(text);
        return words.Length > LongestKeyword ? "" : words;
    }

    /// <summary>The same for a text of any length: its words in small plain letters, a blank between each two.</summary>
    public static string Fold(string text)
    {
        var words = new StringBuilder(text.Length);
        var gap = false;
        foreach (var rune in Wellformed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.EnclosingMark)
            {
                continue;
            }

            if (!Rune.IsLetterOrDigit(rune))
            {
                // An apostrophe stands inside a word; everything else that is no letter parts two words.
                gap |= rune.Value is not ('\'' or '’');
                continue;
            }

            if (gap && words.Length > 0)
            {
                words.Append(' ');
            }

            gap = false;
            words.Append(Rune.ToLowerInvariant(rune).ToString());
        }

        return words.ToString();
    }

    // Normalize throws at lone surrogates and at U+FFFE; no text that somebody sends may do that.
    private static string Wellformed(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append((rune.Value == 0xFFFE ? Rune.ReplacementChar : rune).ToString());
        }

        return clean.ToString();
    }
}
