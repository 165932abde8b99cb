using System.Text;

namespace Chat.Domain.Messages;

/// <summary>What a text must be before it is stored: storable as it is, and no longer than we keep.</summary>
public static class MessageText
{
    /// <summary>UTF-16 units kept of one message.</summary>
    public const int LongestKept = 16_000;

    /// <summary>
    /// U+0000 and lone surrogates become U+FFFD (PostgreSQL stores neither, and a texter must not lose a message over one);
    /// what is beyond the limit is cut, never between the halves of a character.
    /// </summary>
    public static string Clean(string text)
    {
        var kept = text.Length <= LongestKept ? text : text[..(char.IsHighSurrogate(text[LongestKept - 1]) ? LongestKept - 1 : LongestKept)];
        if (IsWellFormed(kept))
        {
            return kept;
        }

        var clean = new StringBuilder(kept.Length);
        foreach (var rune in kept.EnumerateRunes())
        {
            clean.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        }

        return clean.ToString();
    }

    /// <summary>Whether anything is left of a text when blanks and invisible characters are put aside.</summary>
    public static bool IsSaid(string? text) =>
        text is not null && text.EnumerateRunes().Any(rune => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && rune.Value is not (0x200B or 0x2060 or 0xFEFF));

    private static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var unit = text[index];
            if (unit == '\0' || char.IsLowSurrogate(unit))
            {
                return false;
            }

            if (char.IsHighSurrogate(unit) && (++index == text.Length || !char.IsLowSurrogate(text[index])))
            {
                return false;
            }
        }

        return true;
    }
}
