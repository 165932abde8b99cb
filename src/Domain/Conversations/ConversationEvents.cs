using Chat.Domain.Common;
using Chat.Domain.Messages;

namespace Chat.Domain.Conversations;

/// <summary>Something that happened to one conversation, numbered within it so that a receiver can tell order and repeats.</summary>
public abstract record ConversationEvent(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At) : IDomainEvent;

public sealed record ConversationAssigned(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, UserId ResponderId, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationStarted(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, UserId ResponderId, ConversationState State)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationClosed(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, UserId? ResponderId, ConversationState State, long DurationSeconds, int TagCount, bool SurveyCompleted)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record ConversationTagsUpdated(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, int TagCount, RiskLevel RiskLevel)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record OutboundMessageQueued(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, MessageId MessageId, UserId? ResponderId, long MessageSequence)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record NoteAdded(ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, MessageId MessageId, long MessageSequence)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);

public sealed record MessageStatusChanged(
    ConversationId ConversationId, ProgramId ProgramId, long Sequence, DateTimeOffset At, MessageId MessageId, MessageStatus Status, string? ErrorCode)
    : ConversationEvent(ConversationId, ProgramId, Sequence, At);
