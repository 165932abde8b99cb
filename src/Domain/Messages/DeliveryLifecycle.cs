using System.Collections.Frozen;
using static Chat.Domain.Messages.MessageStatus;

namespace Chat.Domain.Messages;

public enum MessageStatus
{
    /// <summary>From a texter.</summary>
    Received,

    /// <summary>A note; it goes nowhere.</summary>
    Recorded,
    Queued,
    Sent,
    Delivered,
    Read,
    Failed,
}

/// <summary>How far a message to a texter has come. It only ever moves on: what a provider reports late or twice changes nothing.</summary>
public static class DeliveryLifecycle
{
    public static IReadOnlyList<(MessageStatus From, MessageStatus To)> Steps { get; } =
    [
        (Queued, Sent), (Queued, Delivered), (Queued, Read), (Queued, Failed),
        (Sent, Delivered), (Sent, Read), (Sent, Failed),
        (Delivered, Read),
    ];

    private static readonly FrozenSet<(MessageStatus, MessageStatus)> Allowed = Steps.ToFrozenSet();

    public static bool Allows(MessageStatus from, MessageStatus to) => Allowed.Contains((from, to));

    /// <summary>The one of two reports that says more.</summary>
    public static MessageStatus Further(MessageStatus one, MessageStatus other) => Allows(one, other) ? other : one;
}
