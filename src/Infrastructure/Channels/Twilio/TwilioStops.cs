using System.Collections.Frozen;
using Chat.Domain.Keywords;

namespace Chat.Infrastructure.Channels.Twilio;

/// <summary>
/// Whether Twilio takes a message for a stop or a start, whatever an affiliate has set up: once it has stopped, sending fails, and the
/// responder must know before they write. Its own word, OptOutType, counts first; without it the words of the law and Twilio's own, as
/// the whole message. Source: Twilio, "Support for opt-out keywords (SMS STOP filtering)" and "Advanced Opt-Out".
/// </summary>
internal static class TwilioStops
{
    private static readonly FrozenSet<string> Starts = new[] { "start", "yes", "unstop" }.ToFrozenSet();

    public static bool? Read(string? optOutType, string text) => optOutType?.ToUpperInvariant() switch
    {
        "STOP" => true,
        "START" => false,
        "HELP" => null,
        _ when OptOutWords.Match(text) => true,
        _ => Starts.Contains(KeywordText.Normalise(text)) ? false : null,
    };
}
