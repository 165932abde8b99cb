using Chat.Application.Common;

namespace Chat.Application.Retention;

/// <summary>One conversation of a texter as it is handed to them; null where it has been purged meanwhile.</summary>
[Requires(Permission.EraseTexters)]
public sealed record ExportConversation(Guid TexterId, Guid ConversationId) : IQuery<ConversationExport?>;

/// <summary>A conversation without anything of anybody else's: staff are their part in it, not their names.</summary>
public sealed record ConversationExport(
    Guid Id, string Program, string Provider, string State, string RiskLevel, IReadOnlyList<string> Tags, DateTimeOffset BeganAt, DateTimeOffset? EndedAt,
    string? EndedBecause, IReadOnlyList<ExportedMessage> Messages, IReadOnlyList<ExportedSurvey> Surveys, ExportedReport? Report,
    IReadOnlyList<ExportedFollowUp> FollowUps, IReadOnlyList<ExportedEscalation> Escalations, IReadOnlyList<ExportedRisk> RiskChanges);

/// <param name="From">texter, responder, automatic, or staff for a note that only staff saw.</param>
public sealed record ExportedMessage(DateTimeOffset At, string From, string? Text);

public sealed record ExportedSurvey(string Title, string Type, DateTimeOffset StartedAt, string? Outcome, IReadOnlyList<ExportedAnswer> Answers);

public sealed record ExportedAnswer(string Question, string? Answer);

public sealed record ExportedReport(DateTimeOffset FiledAt, string? Outcome, string? Note, string? NextStep, IReadOnlyDictionary<string, string> Fields);

public sealed record ExportedFollowUp(DateTimeOffset ScheduledFor, string Status, string? Message);

public sealed record ExportedEscalation(
    string Type, string Urgency, string ReferenceNumber, DateTimeOffset OpenedAt, DateTimeOffset? ResolvedAt, string? Location, string? Reason, string? Outcome,
    string? OutcomeNote);

public sealed record ExportedRisk(DateTimeOffset At, string From, string To, string? Reason);
