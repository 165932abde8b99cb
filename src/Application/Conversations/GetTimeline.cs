using Chat.Application.Common;

namespace Chat.Application.Conversations;

/// <summary>Who did what when in a conversation, from its log.</summary>
[Requires(Permission.ReadConversations)]
public sealed record GetTimeline(Guid ConversationId) : IQuery<TimelineView>, IReadsConversation;

public sealed record TimelineView(IReadOnlyList<TimelineEntry> Items);

/// <param name="Kind">transition, or for what happened in an escalation: escalation.</param>
/// <param name="Event">The transition's name, or the escalation's step: opened, notified, acknowledged, contacted, changed, reminded, resolved.</param>
/// <param name="ActorId">Who did it; null for the texter and the platform.</param>
/// <param name="AboutId">Whom it was about: who was given, offered or relieved of the conversation.</param>
/// <param name="Agreed">Of a planned follow-up: whether the texter agreed, as whoever planned it has said; null where they have not.</param>
/// <param name="Reason">Why, where no person did it: timed_out, responder_gone, texter_wrote, opted_out, unanswered, failed.</param>
public sealed record TimelineEntry(
    DateTimeOffset At, string Kind, string Event, string? FromState, string? ToState, Guid? ActorId, string? ActorName, Guid? AboutId, string? AboutName,
    string? Reason, Guid? EscalationId, bool? Agreed);
