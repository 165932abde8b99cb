using Chat.Domain.Channels;
using Chat.Domain.Keywords;

namespace Chat.Infrastructure.Channels;

/// <summary>
/// The words by which a carrier itself stops and allows messages, whatever an affiliate has set up: when it has stopped them, sending
/// fails, and the responder must know before they write. The carrier confirms them, so they have no answer of ours.
/// </summary>
internal static class CarrierWords
{
    // Twilio, "Support for opt-out keywords (SMS STOP filtering)": on by default for long codes and messaging services.
    private static readonly (string Word, KeywordAction Action)[] Twilio =
    [
        ("stop", KeywordAction.OptOut), ("stopall", KeywordAction.OptOut), ("unsubscribe", KeywordAction.OptOut), ("cancel", KeywordAction.OptOut),
        ("end", KeywordAction.OptOut), ("quit", KeywordAction.OptOut), ("revoke", KeywordAction.OptOut), ("optout", KeywordAction.OptOut),
        ("start", KeywordAction.OptIn), ("yes", KeywordAction.OptIn), ("unstop", KeywordAction.OptIn),
    ];

    public static IEnumerable<(string Word, KeywordAction Action)> Of(Provider provider) => provider == Provider.Twilio ? Twilio : [];
}
