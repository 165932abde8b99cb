namespace Chat.Infrastructure.Channels.Twilio;

/// <summary>How Twilio writes a party: a number, or a number or id behind the scheme of another network, such as "whatsapp:+15550100001".</summary>
internal static class TwilioAddress
{
    private const int LongestShortCode = 8;

    /// <summary>The scheme in small letters, or "" for a plain number.</summary>
    public static string Scheme(string address) =>
        address.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && address.AsSpan(0, colon).IndexOfAnyExceptInRange('!', '~') < 0
            ? address[..colon].ToLowerInvariant()
            : "";

    /// <summary>The party in one spelling, its scheme kept: the same person is the same texter however the number was written.</summary>
    public static string Normalise(string address)
    {
        var (scheme, rest) = (Scheme(address), WithoutScheme(address));
        return scheme.Length == 0 ? Number(rest) : $"{scheme}:{(scheme == "messenger" ? rest.Trim() : Number(rest))}";
    }

    public static string WithoutScheme(string address) => Scheme(address) is { Length: > 0 } scheme ? address[(scheme.Length + 1)..] : address;

    // A "+" that a sender forgot to escape comes as a blank. Short codes stay bare, and so do sender names that are no numbers.
    private static string Number(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Any(unit => !char.IsAsciiDigit(unit) && unit is not ('+' or ' ' or '-' or '(' or ')' or '.')))
        {
            return trimmed;
        }

        var digits = string.Concat(trimmed.Where(char.IsAsciiDigit));
        return text.StartsWith(' ') || trimmed.StartsWith('+') || digits.Length > LongestShortCode ? '+' + digits : digits;
    }
}
