using System.Text;

namespace Chat.Domain.Users;

/// <summary>
/// Whether a password is worth having. Length is what counts (NIST SP 800-63B), so there is no rule about kinds of characters; refused is
/// what is tried first: the common words however they are spelt and filled up, runs of keys, one thing over and over, and the address.
/// </summary>
public static class PasswordStrength
{
    public const int Shortest = 12;
    public const int MostBytes = 1024;

    private const int FewestCharacters = 5;
    private const int ShortestName = 4;

    // A dozen keys in a row are quickly said; what stands beside a run must be a password of its own.
    private const int FewestBesideRuns = 6;
    private const int ShortestRun = 4;

    private static readonly string[] Runs =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop",
        "qsdfghjklm", "wxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm",
    ];

    private static readonly string[] CommonWords =
    [
        "password", "passwort", "passphrase", "motdepasse", "contrasena", "wachtwoord", "welcome", "willkommen", "letmein", "iloveyou", "loveyou",
        "administrator", "administration", "admin", "superuser", "supervisor", "responder", "counselor", "changeme", "default", "secret", "master",
        "login", "access", "trustno", "whatever", "nothing", "internet", "computer", "monkey", "dragon", "football", "baseball", "basketball",
        "soccer", "hockey", "superman", "batman", "starwars", "pokemon", "princess", "sunshine", "shadow", "michael", "jennifer", "jordan",
        "charlie", "ashley", "jessica", "daniel", "hunter", "freedom", "summer", "winter", "spring", "autumn", "january", "february", "march",
        "april", "june", "july", "august", "september", "october", "november", "december", "monday", "friday", "crisistextline", "crisisline",
        "textline", "hotline", "helpline", "crisis", "helpdesk", "chat", "hello", "test", "testing", "user", "guest", "correcthorsebatterystaple",
        "please", "qwerty", "azerty", "the", "my", "is", "me", "new", "our", "your",
    ];

    /// <summary>Why it is refused, in words for who chose it; null for a good one.</summary>
    public static string? Fault(string password, string? email)
    {
        if (password.Length < Shortest)
        {
            return $"Use at least {Shortest} characters.";
        }

        if (Encoding.UTF8.GetByteCount(password) > MostBytes)
        {
            return $"At most {MostBytes} bytes.";
        }

        var plain = password.ToLowerInvariant();
        if (plain.Distinct().Count() < FewestCharacters || IsRepeated(plain))
        {
            return "This is one thing over and over. Use a few words that do not belong together.";
        }

        if (Holds(plain, email))
        {
            return "Leave your e-mail address out of it.";
        }

        var bare = string.Concat(plain.Where(char.IsLetterOrDigit));
        return new[] { plain, bare, Unleeted(plain), Unleeted(bare) }.Any(IsCommon) ? "This is one of the first that are tried. Use a few words that do not belong together." : null;
    }

    private static bool IsRepeated(string text) =>
        Enumerable.Range(1, text.Length / 2).Any(unit => Enumerable.Range(unit, text.Length - unit).All(at => text[at] == text[at - unit]));

    private static bool Holds(string text, string? email)
    {
        var address = email?.Trim().ToLowerInvariant();
        return address is { Length: > 0 }
            && (text.Contains(address, StringComparison.Ordinal)
                || (address.Split('@')[0] is { Length: >= ShortestName } name && text.Contains(name, StringComparison.Ordinal)));
    }

    private static string Unleeted(string text) => string.Concat(text.Select(sign => sign switch
    {
        '0' => 'o',
        '1' or '!' or '|' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => sign,
    }));

    /// <summary>Whether next to nothing is left without common words, runs of keys, digits and what stands between.</summary>
    private static bool IsCommon(string text)
    {
        var left = CommonWords.OrderByDescending(word => word.Length).Aggregate(WithoutRuns(text), (rest, word) => rest.Replace(word, " ", StringComparison.Ordinal));
        return left.Count(char.IsLetter) < FewestBesideRuns && left.Any(char.IsWhiteSpace);
    }

    private static string WithoutRuns(string text)
    {
        var rest = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var length = LongestRun(text.AsSpan(at));
            rest.Append(length < ShortestRun ? text[at] : ' ');
            at += length < ShortestRun ? 1 : length;
        }

        return rest.ToString();
    }

    private static int LongestRun(ReadOnlySpan<char> text)
    {
        var longest = 0;
        foreach (var run in Runs)
        {
            foreach (var keys in new[] { run, string.Concat(run.Reverse()) })
            {
                for (var from = 0; from < keys.Length; from++)
                {
                    longest = Math.Max(longest, text.CommonPrefixLength(keys.AsSpan(from)));
                }
            }
        }

        return longest;
    }
}
