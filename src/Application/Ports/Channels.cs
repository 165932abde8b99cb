using Chat.Domain.Channels;
using Chat.Domain.Common;
using Chat.Domain.Keywords;
using Chat.Domain.Messages;
using Chat.Domain.Programs;

namespace Chat.Application.Ports;

/// <summary>A call from a provider, as it came: the signature is over these bytes and this address, and no others.</summary>
/// <param name="Url">Path and query as they were asked for, without an origin: the origin comes from settings, never from the request.</param>
public sealed record WebhookCall(Provider Provider, string Kind, string Url, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A channel's account with all that is needed to answer a call or to send.</summary>
public sealed record ChannelAccount(
    AffiliateId AffiliateId, ChannelId ChannelId, ProgramId ProgramId, Provider Provider, string Address,
    IReadOnlyDictionary<string, string> Credentials, IReadOnlyDictionary<string, string> Settings, bool TakesMessages, KeywordRoutes Routes);

/// <summary>Which keyword leads where on a channel.</summary>
public sealed record KeywordRoutes(IReadOnlyDictionary<string, KeywordRoute> ByWord)
{
    public KeywordRoute? Match(string text) =>
        ByWord.Count > 0 && KeywordText.Normalise(text) is { Length: > 0 } word ? ByWord.GetValueOrDefault(word) : null;
}

/// <param name="Hours">When the program that it leads to is open.</param>
public sealed record KeywordRoute(ProgramId ProgramId, KeywordAction Action, string? SubProgram, string? Response, ServiceHours Hours);

/// <summary>What a call turned out to be.</summary>
public abstract record WebhookReading
{
    /// <param name="ExternalId">The texter's address at the provider: a number in E.164, or the provider's id.</param>
    /// <param name="Stops">True where the provider takes the message for a stop and false where it takes it for a start, whatever we make of it.</param>
    public sealed record MessageArrived(
        string ExternalId, string ProviderMessageId, string Text, IReadOnlyList<string> AttachmentTypes, bool? Stops = null) : WebhookReading;

    /// <param name="TexterStopped">It failed because the texter has opted out at the provider.</param>
    public sealed record DeliveryChanged(string ProviderMessageId, MessageStatus Status, string? ErrorCode, bool TexterStopped = false) : WebhookReading;

    public sealed record Ignored(string Why) : WebhookReading;

    public sealed record Rejected(string Why) : WebhookReading;
}

/// <summary>What became of a message that was handed to a provider.</summary>
public abstract record SendResult
{
    public sealed record Accepted(string ProviderMessageId) : SendResult;

    /// <summary>The provider will never take it. <paramref name="TexterStopped"/>: because the texter has opted out there.</summary>
    public sealed record Refused(string Code, bool TexterStopped = false) : SendResult;

    /// <summary>It may go through later.</summary>
    public sealed record Unavailable(string Code, TimeSpan? RetryAfter = null) : SendResult;
}

/// <summary>Speaks one provider's language. It decides nothing and stores nothing.</summary>
public interface IChannelAdapter
{
    Provider Provider { get; }

    /// <summary>The largest body that the provider sends, in bytes.</summary>
    int LongestBody { get; }

    /// <summary>The addresses of ours that a call may be for, the likeliest first. Read before the signature is checked, so believed only after it.</summary>
    IReadOnlyList<string> Addresses(WebhookCall call);

    /// <summary>Reads a call. <paramref name="trusted"/>: an admin vouches for it, the signature is not asked for.</summary>
    WebhookReading Read(WebhookCall call, ChannelAccount account, bool trusted = false);

    Task<SendResult> SendAsync(ChannelAccount account, string to, string text, CancellationToken cancellationToken);
}

/// <summary>Finds the channel that an address belongs to, before any affiliate is known; answers from memory for a few seconds.</summary>
public interface IChannelDirectory
{
    /// <summary>The channels of these addresses, in their order. <paramref name="afresh"/>: not from memory, as far as that is not asked too often.</summary>
    ValueTask<IReadOnlyList<ChannelAccount>> FindAsync(Provider provider, IReadOnlyList<string> addresses, bool afresh, CancellationToken cancellationToken);

    ValueTask<ChannelAccount?> FindAsync(AffiliateId affiliate, ChannelId channel, CancellationToken cancellationToken);
}

/// <summary>A texter's message on its way in, with what the keyword asks for.</summary>
/// <param name="ProviderStops">True where the provider itself has stopped messages to the texter with this, false where it allows them again.</param>
public sealed record InboundMessage(
    ChannelAccount Account, string ExternalId, string ProviderMessageId, string Text, IReadOnlyList<string> AttachmentTypes, KeywordRoute? Keyword,
    bool? ProviderStops = null)
{
    /// <summary>Where its keyword leads, or its channel.</summary>
    public ProgramId Program => Keyword?.ProgramId ?? Account.ProgramId;

    /// <summary>Whether messages to the texter are stopped (true) or allowed again (false) by this one. The provider's word goes first: it is the one that sends.</summary>
    public bool? Stops => ProviderStops ?? Keyword?.Action switch { KeywordAction.OptOut => true, KeywordAction.OptIn => false, _ => null };

    /// <summary>
    /// Whether the message calls for a person. A word that the affiliate answers by itself does not, and neither does a bare stop; the next
    /// message will. HELP does: on a crisis line it may be meant.
    /// </summary>
    public bool CallsSomebody => Keyword is null ? Stops != true : Keyword.Action is not (KeywordAction.Reply or KeywordAction.OptOut);
}

public enum InboundOutcome
{
    Stored,

    /// <summary>The provider had sent it before.</summary>
    Known,
}

/// <summary>The one fast way in: finds or opens the conversation, numbers, seals, stores and announces a message in one statement.</summary>
public interface IInboundWriter
{
    Task<InboundOutcome> WriteAsync(InboundMessage message, CancellationToken cancellationToken);
}

/// <summary>Calls that were refused, kept for an admin to look into.</summary>
public interface IQuarantine
{
    /// <param name="proven">The call proved where it comes from and is kept for another reason: it never makes room for others.</param>
    Task KeepAsync(ChannelAccount account, WebhookCall call, string reason, bool proven, CancellationToken cancellationToken);

    Task<WebhookCall> GetAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The channel for which a call was kept.</summary>
    Task<ChannelId> ChannelOfAsync(Guid id, CancellationToken cancellationToken);

    Task MarkReplayedAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>What providers have said about messages that went out, also before we knew their ids.</summary>
public interface IDeliveryReceipts
{
    /// <summary>Ties a provider's id to our message and returns what had been said about it before, if anything.</summary>
    Task<DeliveryReceipt> LinkAsync(ChannelId channel, string providerMessageId, ConversationId conversation, long sequence, CancellationToken cancellationToken);

    /// <summary>Notes what was said and returns the message that it is about, or null while the id is not known yet: then it waits for the link.</summary>
    Task<DeliveryReceipt?> ReportAsync(ChannelId channel, string providerMessageId, MessageStatus status, string? errorCode, bool texterStopped, CancellationToken cancellationToken);
}

public sealed record DeliveryReceipt(ConversationId ConversationId, long Sequence, MessageStatus? Status, string? ErrorCode, bool TexterStopped);

/// <summary>Messages that wait to be handed to a provider.</summary>
public interface IDeliveries
{
    Task DoneAsync(MessageId message, CancellationToken cancellationToken);

    Task TryAgainAsync(MessageId message, DateTimeOffset at, CancellationToken cancellationToken);
}
