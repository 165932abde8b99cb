using System.Collections.Frozen;
using Chat.Domain.Keywords;

namespace Chat.Infrastructure.Channels.Twilio;

/// <summary>
/// Whether Twilio takes a message for a stop or a start, whatever an affiliate has set up: once it has stopped, sending fails, and the
/// responder must know before they write. Its own word, OptOutType, counts first; without it the default words, as the whole message.
/// Source: Twilio, "Support for opt-out keywords (SMS STOP filtering)" and "Advanced Opt-Out".
/// </summary>
internal static class TwilioStops
{
    private static readonly FrozenDictionary<string, bool> Words = new Dictionary<string, bool>
    {
        ["stop"] = true, ["stopall"] = true, ["unsubscribe"] = true, ["cancel"] = true, ["end"] = true, ["quit"] = true, ["revoke"] = true, ["optout"] = true,
        ["start"] = false, ["yes"] = false, ["unstop"] = false,
    }.ToFrozenDictionary();

    public static bool? Read(string? optOutType, string text) => optOutType?.ToUpperInvariant() switch
    {
        "STOP" => true,
        "START" => false,
        "HELP" => null,
        _ => Words.TryGetValue(KeywordText.Normalise(text), out var stops) ? stops : null,
    };
}
