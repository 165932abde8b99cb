using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;

namespace Chat.Application.Conversations;

/// <summary>A conversation as the API shows it. It holds no word of the texter's; those are its messages.</summary>
public record ConversationView
{
    public required Guid Id { get; init; }

    public required Guid AffiliateId { get; init; }

    public required Guid ProgramId { get; init; }

    public required string ProgramName { get; init; }

    public string? SubProgram { get; init; }

    public required Guid TexterId { get; init; }

    /// <summary>What the texter calls themselves; null where they have not said.</summary>
    public string? TexterName { get; init; }

    /// <summary>Where they write from, with all but its last two digits hidden.</summary>
    public required string TexterAddress { get; init; }

    public Guid? ResponderId { get; init; }

    public string? ResponderName { get; init; }

    public required string State { get; init; }

    public required string Provider { get; init; }

    public required string RiskLevel { get; init; }

    public required string[] Tags { get; init; }

    /// <summary>A summary for whoever takes over; null until there is one.</summary>
    public string? Summary { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? QueuedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? CloseReason { get; init; }

    /// <summary>Since when it has been in this state.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>The transition that brought it into this state; null while it has never changed.</summary>
    public string? LastTransition { get; init; }

    /// <summary>Its responder's connection is gone; what the texter writes next goes back to the queue.</summary>
    public bool Unattended { get; init; }

    /// <summary>The offer that waits to be accepted; null when there is none.</summary>
    public TransferView? Transfer { get; init; }

    /// <summary>With what it was last handed on, to be read by whoever has it now. Only when a single conversation is read.</summary>
    public HandOffView? HandOff { get; init; }

    /// <summary>The escalation that is open; null when there is none.</summary>
    public Guid? EscalationId { get; init; }

    /// <summary>When the texter is to be written to again; null when that is not agreed.</summary>
    public DateTimeOffset? FollowUpAt { get; init; }

    /// <summary>The survey that the texter is in the middle of: entry or exit; null when there is none.</summary>
    public string? SurveyRunning { get; init; }

    /// <summary>Grows with every change of state or tags.</summary>
    public required long Version { get; init; }

    /// <summary>The number of the newest message.</summary>
    public required long LastSequence { get; init; }

    /// <summary>How many messages of the texter's have come since a responder last answered.</summary>
    public required long Unanswered { get; init; }

    /// <summary>What the caller can do next with this conversation, by the lifecycle's names.</summary>
    public required string[] AvailableTransitions { get; init; }
}

/// <param name="ToResponderId">Null while it is offered to the whole program.</param>
/// <param name="ExpiresAt">When it lapses, and the conversation goes on with whoever offered it.</param>
public sealed record TransferView(Guid? ToResponderId, string? ToResponderName, DateTimeOffset OfferedAt, DateTimeOffset ExpiresAt);

/// <summary>The note of whoever handed the conversation on.</summary>
public sealed record HandOffView(string? Note, Guid? ById, string? ByName, DateTimeOffset At);

/// <summary>Which of the lifecycle's transitions a caller is offered: those that belong to them, as things stand.</summary>
public static class Offers
{
    public static string[] To(ICaller caller, ConversationState state, UserId? responder, UserId? offeredTo, bool unattended) =>
        [.. ConversationLifecycle.From(state).Where(row => Has(caller, row, responder, offeredTo, unattended)).Select(row => row.When.Name())];

    private static bool Has(ICaller caller, Transition row, UserId? responder, UserId? offeredTo, bool unattended)
    {
        var answers = caller.May(Permission.HoldConversations);
        var holds = answers && responder == caller.UserId;
        var supervises = !answers && caller.May(Permission.ReturnConversations);
        return row.When switch
        {
            ConversationTransition.AssignResponder => answers && responder is null,
            ConversationTransition.AcceptTransfer => answers && !holds && (offeredTo is null || offeredTo == caller.UserId),
            ConversationTransition.DeclineTransfer => answers && offeredTo == caller.UserId,
            ConversationTransition.ReturnToQueue => holds || supervises,
            ConversationTransition.ResolveEscalation or ConversationTransition.ResolvePoliceEscalation => holds || (supervises && unattended),
            _ => holds && row.By.HasFlag(Actor.Responder),
        };
    }
}
