using Chat.Application.Common;

namespace Chat.Application.Supervision;

/// <summary>The whole floor at a glance: who waits, who is there, and what is escalated.</summary>
[Requires(Permission.Supervise)]
public sealed record GetOverview : IQuery<OverviewView>;

public sealed record OverviewView(
    IReadOnlyList<ProgramOverview> Programs, IReadOnlyList<PersonOverview> People, IReadOnlyList<EscalationOverview> Escalations,
    IReadOnlyDictionary<string, long> States);

/// <param name="LongestWaitSeconds">Of those who wait; null when nobody does.</param>
/// <param name="ExpectedWaitSeconds">From how fast the program has taken people in the last half-hour; null when that says nothing.</param>
public sealed record ProgramOverview(
    Guid ProgramId, string Name, bool IsOpen, DateTimeOffset? OpensAt, long Waiting, long WaitingInDanger, long? LongestWaitSeconds, long? ExpectedWaitSeconds,
    long Underway, int Available, int FreePlaces);

/// <param name="Presence">available, away or offline.</param>
/// <param name="Unattended">How many of their conversations they have left without a connection.</param>
public sealed record PersonOverview(
    Guid UserId, string Name, string Presence, DateTimeOffset? LastSeenAt, int Holding, int MaxConcurrent, int Escalated, int Unattended, long Unanswered);

public sealed record EscalationOverview(
    Guid EscalationId, Guid ConversationId, string Type, string Urgency, string ReferenceNumber, DateTimeOffset OpenedAt, string? OpenedByName,
    bool Acknowledged, int Reminders);
