using Chat.Domain.Common;
using Chat.Domain.Messages;
using static Chat.Domain.Conversations.ConversationTransition;

namespace Chat.Domain.Conversations;

public sealed class Conversation : Aggregate
{
    private readonly List<TransitionTaken> _taken = [];
    private long _eventSequence;

    // The columns of the table, in the order in which it is read: storage restores through here and only here.
    private Conversation(
        ConversationId id, ChannelId channelId, ProgramId programId, TexterId texterId, UserId? responderId, ConversationState state,
        RiskLevel riskLevel, string[] tags, long lastSequence, long eventSequence, long version, DateTimeOffset createdAt,
        DateTimeOffset updatedAt, DateTimeOffset? closedAt, string? closeReason)
    {
        Id = id;
        ChannelId = channelId;
        ProgramId = programId;
        TexterId = texterId;
        ResponderId = responderId;
        State = state;
        RiskLevel = riskLevel;
        Tags = tags;
        LastSequence = lastSequence;
        _eventSequence = eventSequence;
        Version = version;
        CreatedAt = createdAt;
        UpdatedAt = updatedAt;
        ClosedAt = closedAt;
        CloseReason = closeReason;
    }

    public ConversationId Id { get; }

    public override Guid Key => Id.Value;

    public ChannelId ChannelId { get; }

    public ProgramId ProgramId { get; }

    public TexterId TexterId { get; }

    public UserId? ResponderId { get; private set; }

    public ConversationState State { get; private set; }

    public RiskLevel RiskLevel { get; }

    public string[] Tags { get; private set; }

    public long LastSequence { get; private set; }

    public long EventSequence => _eventSequence;

    public long Version { get; private set; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? CloseReason { get; private set; }

    /// <summary>The transitions taken since the conversation was read, for the log that the timeline is made of.</summary>
    public IReadOnlyList<TransitionTaken> Taken => _taken;

    /// <summary>A responder takes the texter from the queue. Whoever comes second is told that somebody else was first.</summary>
    public void Assign(UserId responder, DateTimeOffset now)
    {
        if (ResponderId is not null && !ConversationLifecycle.Terminal.Contains(State))
        {
            throw new RefusedException("conversation.already_assigned", "Another responder has taken this conversation.");
        }

        Take(AssignResponder, responder, now);
        ResponderId = responder;
        Record(new ConversationAssigned(Id, ProgramId, NextEvent(), now, responder, State));
    }

    public void Start(UserId responder, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        Take(StartConversation, responder, now);
        Record(new ConversationStarted(Id, ProgramId, NextEvent(), now, responder, State));
    }

    /// <summary>A responder answers. The first answer starts a conversation that has only been taken.</summary>
    public Message Reply(MessageId id, UserId responder, string content, string? clientMessageId, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        if (State != ConversationState.Active)
        {
            Start(responder, now);
        }

        var message = Message.Outbound(id, Id, ++LastSequence, content, responder, clientMessageId, now);
        UpdatedAt = now;
        Record(new OutboundMessageQueued(Id, ProgramId, NextEvent(), now, message.Id, responder, message.Sequence));
        return message;
    }

    /// <summary>A note for staff: it may be added in any state, for what is learnt afterwards belongs to the record too.</summary>
    public Message AddNote(MessageId id, UserId author, string content, string? clientMessageId, DateTimeOffset now)
    {
        var note = Message.Note(id, Id, ++LastSequence, content, author, clientMessageId, now);
        UpdatedAt = now;
        Record(new NoteAdded(Id, ProgramId, NextEvent(), now, note.Id, note.Sequence));
        return note;
    }

    public void SetTags(IEnumerable<string> tags, DateTimeOffset now)
    {
        var wanted = tags.Select(tag => tag.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (wanted.SequenceEqual(Tags, StringComparer.Ordinal))
        {
            return;
        }

        Tags = wanted;
        Version++;
        UpdatedAt = now;
        Record(new ConversationTagsUpdated(Id, ProgramId, NextEvent(), now, Tags.Length, RiskLevel));
    }

    public void Close(UserId responder, string? reason, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        Take(CloseFromActive, responder, now);
        ClosedAt = now;
        CloseReason = reason;
        Record(new ConversationClosed(
            Id, ProgramId, NextEvent(), now, ResponderId, State, (long)(now - CreatedAt).TotalSeconds, Tags.Length, SurveyCompleted: false));
    }

    /// <summary>Only whoever holds a conversation acts in it.</summary>
    public void RequireHeldBy(UserId responder)
    {
        if (ResponderId is { } holder && holder != responder)
        {
            throw new RefusedException("conversation.held_by_another", "This conversation is with another responder.");
        }

        if (ResponderId is null)
        {
            throw new RefusedException("conversation.not_taken", "Take this conversation first.");
        }
    }

    /// <summary>What a provider said about one of the messages; the message decides whether it is news.</summary>
    public void Announce(Message message, DateTimeOffset now) =>
        Record(new MessageStatusChanged(Id, ProgramId, NextEvent(), now, message.Id, message.Status, message.ErrorCode));

    private void Take(ConversationTransition transition, UserId? by, DateTimeOffset now)
    {
        var from = State;
        State = State.After(transition);
        Version++;
        UpdatedAt = now;
        _taken.Add(new TransitionTaken(Version, transition, from, State, by, now));
    }

    // A conversation that nobody holds is refused by the lifecycle, which names the state and the transition.
    private void RequireHolderUnlessWaiting(UserId responder)
    {
        if (ResponderId is not null)
        {
            RequireHeldBy(responder);
        }
    }

    private long NextEvent() => ++_eventSequence;
}

/// <summary>One line of a conversation's log: who moved it, from where to where, and when.</summary>
public sealed record TransitionTaken(
    long Version, ConversationTransition Transition, ConversationState FromState, ConversationState ToState, UserId? ActorId, DateTimeOffset At);
