using Chat.Domain.Common;
using Chat.Domain.Escalations;
using Chat.Domain.Messages;
using Chat.Domain.Surveys;

namespace Chat.Domain.Conversations;

/// <summary>Something that happened to one conversation, numbered within it so that a receiver can tell order and repeats.</summary>
public abstract record ConversationEvent(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At) : IDomainEvent;

public sealed record ConversationAssigned(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, UserId ResponderId, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

/// <summary>A state or a responder has changed, and there is nothing more to say about it than that.</summary>
public sealed record ConversationUpdated(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, UserId? ResponderId, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationCreated(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationTransferred(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, UserId FromResponderId, UserId? ToResponderId, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationReturned(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, UserId? FromResponderId, ConversationState State, Reason? Reason)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationEscalated(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, EscalationId EscalationId, EscalationKind Type, Urgency Urgency,
    string ReferenceNumber, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record EscalationResolved(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, EscalationId EscalationId, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record FollowUpPlanned(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, FollowUpId FollowUpId, DateTimeOffset ScheduledFor, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record FollowUpSent(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, FollowUpId FollowUpId, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationExpired(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationClosed(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, UserId? ResponderId, ConversationState State, long DurationSeconds, int TagCount, bool SurveyCompleted)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationRiskChanged(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, RiskLevel FromLevel, RiskLevel RiskLevel, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationTagsUpdated(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, int TagCount, RiskLevel RiskLevel)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record OutboundMessageQueued(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, MessageId MessageId, UserId? ResponderId, long MessageSequence)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

/// <summary>A survey is over: how, and how many of its questions were answered. The answers are for those who may read them.</summary>
public sealed record SurveyEnded(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, SurveyId SurveyId, SurveyType Type, SurveyResponseId ResponseId, int Answered,
    int Skipped, SurveyOutcome Outcome)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record NoteAdded(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, MessageId MessageId, long MessageSequence)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record MessageStatusChanged(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, MessageId MessageId, MessageStatus Status, string? ErrorCode)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);
