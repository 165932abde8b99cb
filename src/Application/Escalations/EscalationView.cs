namespace Chat.Application.Escalations;

/// <summary>An escalation's whole record.</summary>
public sealed record EscalationView
{
    public required Guid Id { get; init; }

    public required Guid ConversationId { get; init; }

    public required Guid ProgramId { get; init; }

    public required string ProgramName { get; init; }

    /// <summary>medical or police.</summary>
    public required string Type { get; init; }

    public required string Urgency { get; init; }

    /// <summary>What is read out on the telephone.</summary>
    public required string ReferenceNumber { get; init; }

    /// <summary>open or resolved.</summary>
    public required string Status { get; init; }

    public string? Location { get; init; }

    /// <summary>How it is known: texter_said, known_before, partner, provider or other.</summary>
    public string? LocationSource { get; init; }

    public string? Reason { get; init; }

    /// <summary>Whom the platform has told by itself; null when it had nobody to tell.</summary>
    public string? ContactedService { get; init; }

    public required Guid OpenedBy { get; init; }

    public string? OpenedByName { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public Guid? AcknowledgedBy { get; init; }

    public string? AcknowledgedByName { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public Guid? ResolvedBy { get; init; }

    public string? ResolvedByName { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public string? Outcome { get; init; }

    public string? OutcomeNote { get; init; }

    public required IReadOnlyList<EscalationStepView> Steps { get; init; }

    /// <summary>
    /// Whether the caller may say how it ended: the responder who holds the conversation, or a supervisor where that responder is gone or the
    /// texter has ended the conversation.
    /// </summary>
    public required bool CanResolve { get; init; }

    /// <summary>What the platform sent to on-call contacts, and what became of it.</summary>
    public required IReadOnlyList<EscalationSendingView> Sent { get; init; }
}

/// <param name="Kind">opened, notified, acknowledged, contacted, changed, reminded or resolved.</param>
/// <param name="Note">What was said; after a change, where they were thought to be before.</param>
public sealed record EscalationStepView(
    string Kind, DateTimeOffset At, Guid? ById, string? ByName, string? Contact, string? Method, string? Outcome, string? Note);

/// <param name="Via">email or webhook.</param>
/// <param name="Status">waiting, sent or failed.</param>
public sealed record EscalationSendingView(string Via, string? Contact, string Status, string? Code, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt);
