using Chat.Domain.Common;
using Chat.Domain.Conversations;

namespace Chat.Application.Conversations;

/// <summary>A conversation as the API shows it. It holds no word of the texter's; those are its messages.</summary>
public sealed record ConversationView
{
    public required Guid Id { get; init; }

    public required Guid AffiliateId { get; init; }

    public required Guid ProgramId { get; init; }

    public required string ProgramName { get; init; }

    public string? SubProgram { get; init; }

    public required Guid TexterId { get; init; }

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

    /// <summary>Grows with every change of state or tags.</summary>
    public required long Version { get; init; }

    /// <summary>The number of the newest message.</summary>
    public required long LastSequence { get; init; }

    /// <summary>How many messages of the texter's have come since a responder last answered.</summary>
    public required long Unanswered { get; init; }

    /// <summary>What the caller can do next with this conversation, by the lifecycle's names.</summary>
    public required string[] AvailableTransitions { get; init; }
}

/// <summary>Which of the lifecycle's transitions a caller is offered: those with a way to ask for them, to whom they belong.</summary>
public static class Offers
{
    private static readonly HashSet<ConversationTransition> Asked =
        [ConversationTransition.AssignResponder, ConversationTransition.StartConversation, ConversationTransition.CloseFromActive];

    public static string[] To(UserId caller, bool holdsConversations, ConversationState state, UserId? responder) =>
        holdsConversations && (responder is null || responder == caller)
            ? ConversationLifecycle.From(state).Where(row => row.By.HasFlag(Actor.Responder) && Asked.Contains(row.When)).Select(row => row.When.Name()).ToArray()
            : [];
}
