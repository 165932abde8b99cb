using Chat.Domain.Common;
using Chat.Domain.Escalations;
using Chat.Domain.Messages;
using Chat.Domain.Surveys;
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
        DateTimeOffset updatedAt, DateTimeOffset stateSince, DateTimeOffset? queuedAt, DateTimeOffset? effectiveAt, UserId? offeredTo,
        DateTimeOffset? offerExpiresAt, long? handOffNote, DateTimeOffset? tendedAt, DateTimeOffset? calledAt, bool unattended, DateTimeOffset? closedAt,
        string? closeReason, SurveyType? surveyRunning, bool surveyCompleted)
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
        StateSince = stateSince;
        QueuedAt = queuedAt;
        EffectiveAt = effectiveAt;
        OfferedTo = offeredTo;
        OfferExpiresAt = offerExpiresAt;
        HandOffNote = handOffNote;
        TendedAt = tendedAt;
        CalledAt = calledAt;
        Unattended = unattended;
        ClosedAt = closedAt;
        CloseReason = closeReason;
        SurveyRunning = surveyRunning;
        SurveyCompleted = surveyCompleted;
    }

    public ConversationId Id { get; }

    public override Guid Key => Id.Value;

    public ChannelId ChannelId { get; }

    public ProgramId ProgramId { get; private set; }

    public TexterId TexterId { get; }

    /// <summary>Who is responsible. During a transfer that is still whoever offered it.</summary>
    public UserId? ResponderId { get; private set; }

    public ConversationState State { get; private set; }

    public RiskLevel RiskLevel { get; private set; }

    public string[] Tags { get; private set; }

    public long LastSequence { get; private set; }

    public long EventSequence => _eventSequence;

    public long Version { get; private set; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset StateSince { get; private set; }

    /// <summary>Since when the texter has waited. Who is handed back to the queue keeps it, and so their place.</summary>
    public DateTimeOffset? QueuedAt { get; private set; }

    /// <summary>The texter's place in the queue, as it was read: the time since which they wait, less a credit for risk.</summary>
    public DateTimeOffset? EffectiveAt { get; }

    /// <summary>To whom a transfer is offered; null while it is offered to the whole program.</summary>
    public UserId? OfferedTo { get; private set; }

    public DateTimeOffset? OfferExpiresAt { get; private set; }

    /// <summary>The number of the note with which the conversation was last handed on.</summary>
    public long? HandOffNote { get; private set; }

    /// <summary>When somebody who waits was last looked after; null when they have only begun to wait.</summary>
    public DateTimeOffset? TendedAt { get; private set; }

    /// <summary>Since when a message of the texter's waits to be taken up, in a state in which nobody is looking.</summary>
    public DateTimeOffset? CalledAt { get; private set; }

    /// <summary>The responder is gone. What the texter writes next goes back to the queue.</summary>
    public bool Unattended { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public string? CloseReason { get; private set; }

    /// <summary>The survey that the texter is in the middle of; null when there is none.</summary>
    public SurveyType? SurveyRunning { get; private set; }

    /// <summary>A survey of this conversation was asked to its end.</summary>
    public bool SurveyCompleted { get; private set; }

    /// <summary>The survey has ended because the conversation moved on.</summary>
    public bool SurveyCutShort { get; private set; }

    /// <summary>The transitions taken since the conversation was read, for the log that the timeline is made of.</summary>
    public IReadOnlyList<TransitionTaken> Taken => _taken;

    /// <summary>They have been written to the log.</summary>
    public void ForgetTaken() => _taken.Clear();

    public bool IsOpen => !ConversationLifecycle.Terminal.Contains(State);

    /// <summary>Risk at which nothing ends by itself: a person decides.</summary>
    public bool IsInDanger => RiskLevel >= RiskLevel.High;

    /// <summary>A responder takes the texter from the queue, or is given them. Whoever comes second is told that somebody else was first.</summary>
    public void Assign(UserId responder, UserId? by, DateTimeOffset now)
    {
        if (ResponderId is not null && IsOpen)
        {
            throw new RefusedException("conversation.already_assigned", "Another responder has taken this conversation.");
        }

        Take(AssignResponder, by, now, responder);
        ResponderId = responder;
        Record(new ConversationAssigned(Id, ProgramId, NextEvent(), now, responder, State));
    }

    public void Start(UserId responder, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        Take(StartConversation, responder, now);
        RecordUpdate(now);
    }

    /// <summary>A responder answers. The first answer starts a conversation that has only been taken.</summary>
    public Message Reply(MessageId id, UserId responder, string content, string? clientMessageId, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        if (!ConversationLifecycle.Answering.Contains(State))
        {
            Start(responder, now);
        }

        Unattended = false;
        return Send(Message.Outbound(id, Id, ++LastSequence, content, responder, clientMessageId, now), responder, now);
    }

    /// <summary>The platform writes to the texter: an automatic answer, a survey's question, a follow-up.</summary>
    public Message Say(MessageId id, string content, DateTimeOffset now) =>
        Send(Message.Automatic(id, Id, ++LastSequence, content, now), null, now);

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

    /// <summary>How much danger the texter is in, as triage has raised it or a person has judged it.</summary>
    public void SetRisk(RiskLevel level, DateTimeOffset now)
    {
        if (level == RiskLevel)
        {
            return;
        }

        var before = RiskLevel;
        RiskLevel = level;
        Version++;
        UpdatedAt = now;
        Record(new ConversationRiskChanged(Id, ProgramId, NextEvent(), now, before, level, State));
    }

    /// <summary>The responder offers the texter to a colleague, or to whoever of the program takes them first, and stays responsible until then.</summary>
    public void OfferTransfer(UserId responder, UserId? to, long note, DateTimeOffset expiresAt, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        if (to == responder)
        {
            throw new RefusedException("conversation.transfer_to_self", "You hold this conversation yourself. Choose a colleague.");
        }

        Take(TransferToResponder, responder, now, to);
        (OfferedTo, OfferExpiresAt, HandOffNote) = (to, expiresAt, note);
        Record(new ConversationTransferred(Id, ProgramId, NextEvent(), now, responder, to, State));
    }

    public void AcceptTransfer(UserId responder, DateTimeOffset now)
    {
        var previous = ResponderId;
        if (State == ConversationState.Transferred && (previous == responder || (OfferedTo is { } named && named != responder)))
        {
            throw new RefusedException("conversation.offered_to_another", "This transfer is offered to somebody else.");
        }

        Take(ConversationTransition.AcceptTransfer, responder, now, previous);
        (ResponderId, Unattended) = (responder, false);
        Record(new ConversationAssigned(Id, ProgramId, NextEvent(), now, responder, State));
    }

    /// <param name="by">The colleague; null when nobody has answered in time.</param>
    public void DeclineTransfer(UserId? by, DateTimeOffset now)
    {
        if (by is not null && State == ConversationState.Transferred && OfferedTo != by)
        {
            throw new RefusedException(
                "conversation.offered_to_another",
                OfferedTo is null ? "This transfer is offered to the whole program: leave it to your colleagues." : "This transfer is offered to somebody else.");
        }

        Take(ConversationTransition.DeclineTransfer, by, now, OfferedTo, by is null ? Reason.TimedOut : null);
        RecordUpdate(now);
    }

    public void CancelTransfer(UserId responder, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        Take(ConversationTransition.CancelTransfer, responder, now, OfferedTo);
        RecordUpdate(now);
    }

    /// <summary>
    /// Gives the texter back to the queue. Who waited, was taken and is handed back keeps their place in time; who writes after their
    /// conversation had ended waits from then on.
    /// </summary>
    /// <param name="to">Another program's queue; null for its own.</param>
    /// <param name="reason">Why, in the timeline's words, where no person says it in a note.</param>
    public void ReturnToQueue(UserId? by, ProgramId? to, long? note, Reason? reason, DateTimeOffset now)
    {
        var waitsAnew = ConversationLifecycle.Ending.Contains(State);
        var responder = ResponderId;
        Take(ConversationTransition.ReturnToQueue, by, now, responder, reason);
        (ResponderId, Unattended, ProgramId) = (null, false, to ?? ProgramId);
        HandOffNote = note ?? HandOffNote;
        if (waitsAnew)
        {
            QueuedAt = CalledAt ?? now;
        }

        CalledAt = null;
        Record(new ConversationReturned(Id, ProgramId, NextEvent(), now, responder, State, reason));
    }

    /// <summary>Refuses what <see cref="Escalate"/> would refuse.</summary>
    public void RequireEscalatable(EscalationKind kind, UserId responder)
    {
        RequireHolderUnlessWaiting(responder);
        State.After(TransitionOf(kind));
    }

    public void Escalate(EscalationKind kind, EscalationId escalation, Urgency urgency, string referenceNumber, UserId responder, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        Take(TransitionOf(kind), responder, now);
        Record(new ConversationEscalated(Id, ProgramId, NextEvent(), now, escalation, kind, urgency, referenceNumber, State));
    }

    /// <summary>Help has come, or is not needed any more. A texter who stops messages meanwhile ends the conversation, but not the case.</summary>
    /// <param name="escalation">The one that is open; null when there is none.</param>
    /// <param name="onBehalf">Somebody else than the responder does it, who is gone.</param>
    public void ResolveEscalation(EscalationId? escalation, UserId by, bool onBehalf, DateTimeOffset now)
    {
        if (!onBehalf)
        {
            RequireHolderUnlessWaiting(by);
        }

        if (IsOpen || escalation is null)
        {
            Take(State == ConversationState.EscalatedPolice ? ResolvePoliceEscalation : ConversationTransition.ResolveEscalation, by, now);
        }

        Record(new EscalationResolved(Id, ProgramId, NextEvent(), now, escalation!.Value, State));
    }

    public void BeginWrapUp(UserId responder, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        Take(ConversationTransition.BeginWrapUp, responder, now);
        RecordUpdate(now);
    }

    public void ScheduleFollowUp(FollowUpId followUp, DateTimeOffset scheduledFor, UserId responder, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        RequireNothingUnread();
        Take(ConversationTransition.ScheduleFollowUp, responder, now);
        Record(new FollowUpPlanned(Id, ProgramId, NextEvent(), now, followUp, scheduledFor, State));
    }

    /// <summary>The follow-up is due: the message agreed on is sent.</summary>
    public Message TriggerFollowUp(FollowUpId followUp, MessageId id, string content, DateTimeOffset now)
    {
        Take(ConversationTransition.TriggerFollowUp, null, now);
        Record(new FollowUpSent(Id, ProgramId, NextEvent(), now, followUp, State));
        return Say(id, content, now);
    }

    /// <summary>The entry survey begins, or goes on after it was paused.</summary>
    public void SendEntrySurvey(UserId responder, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        Take(ConversationTransition.SendEntrySurvey, responder, now);
        SurveyRunning = SurveyType.Entry;
        RecordUpdate(now);
    }

    public void SendExitSurvey(UserId responder, DateTimeOffset now)
    {
        RequireHeldBy(responder);
        if (State != ConversationState.WrapUp)
        {
            throw new RefusedException("survey.not_now", "An exit survey is sent while a conversation is wrapped up.");
        }

        SurveyRunning = SurveyType.Exit;
        Version++;
        RecordUpdate(now);
    }

    /// <summary>The survey is over by itself.</summary>
    public void EndSurvey(SurveyRun run, DateTimeOffset now)
    {
        SurveyRunning = null;
        SurveyCompleted |= run.Outcome == SurveyOutcome.Completed;
        UpdatedAt = now;
        Record(new SurveyEnded(Id, ProgramId, NextEvent(), now, run.SurveyId, run.Type, run.Id, run.Answered, run.Skipped, run.Outcome!.Value));
    }

    /// <summary>The texter has written into a conversation that was ending, and its responder is there to go on.</summary>
    public void Resume(DateTimeOffset now)
    {
        Take(ConversationTransition.Resume, null, now, ResponderId);
        CalledAt = null;
        RecordUpdate(now);
    }

    /// <summary>A message that was waiting to be taken up needs nothing more: somebody looks at the conversation by now.</summary>
    public void Heard() => CalledAt = null;

    /// <summary>The responder's connection is gone for longer than the lease.</summary>
    public void LeaveUnattended(DateTimeOffset now)
    {
        if (!Unattended)
        {
            Unattended = true;
            RecordUpdate(now);
        }
    }

    public void Attend(DateTimeOffset now)
    {
        if (Unattended)
        {
            Unattended = false;
            RecordUpdate(now);
        }
    }

    /// <summary>The responder ends the conversation. <paramref name="unseen"/>: the texter has written something that they had not before them.</summary>
    public void Close(UserId responder, string? reason, bool unseen, DateTimeOffset now)
    {
        RequireHolderUnlessWaiting(responder);
        var transition = State switch
        {
            ConversationState.WrapUp => CloseFromWrapUp,
            ConversationState.FollowUpActive => CloseFromFollowup,
            _ => CloseFromActive,
        };
        State.After(transition);
        RequireNothingUnread();
        if (unseen)
        {
            throw TexterWrote();
        }

        End(transition, responder, reason, now);
    }

    /// <summary>Nobody has answered the follow-up.</summary>
    public void CloseUnanswered(DateTimeOffset now) => End(CloseFromFollowup, null, Reason.Unanswered.Name(), now, Reason.Unanswered);

    /// <summary>The texter wants no more messages. While they are in danger nothing closes by itself.</summary>
    public void CloseOptedOut(DateTimeOffset now) => End(ConversationTransition.CloseOptedOut, null, Reason.OptedOut.Name(), now, Reason.OptedOut);

    public void Tend(DateTimeOffset now) => TendedAt = now;

    public void Expire(DateTimeOffset now)
    {
        Take(TimeoutExpire, null, now, null, Reason.Unanswered);
        (ClosedAt, CloseReason) = (now, Reason.Unanswered.Name());
        Record(new ConversationExpired(Id, ProgramId, NextEvent(), now, State));
    }

    public void Fail(DateTimeOffset now)
    {
        Take(ConversationTransition.Fail, null, now, null, Reason.Failed);
        (ClosedAt, CloseReason) = (now, Reason.Failed.Name());
        RecordUpdate(now);
    }

    /// <summary>A conversation that asked only for automatic answers turns out to need somebody.</summary>
    public void Route(DateTimeOffset now)
    {
        Take(RouteMessage, null, now);
        (QueuedAt, CalledAt) = (now, null);
        Record(new ConversationCreated(Id, ProgramId, NextEvent(), now, State));
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

    private static ConversationTransition TransitionOf(EscalationKind kind) => kind == EscalationKind.Medical ? EscalateToMedical : EscalateToPolice;

    private Message Send(Message message, UserId? responder, DateTimeOffset now)
    {
        UpdatedAt = now;
        Record(new OutboundMessageQueued(Id, ProgramId, NextEvent(), now, message.Id, responder, message.Sequence));
        return message;
    }

    private void End(ConversationTransition transition, UserId? by, string? words, DateTimeOffset now, Reason? reason = null)
    {
        Take(transition, by, now, null, reason);
        (ClosedAt, CloseReason, CalledAt, Unattended) = (now, words, null, false);
        Record(new ConversationClosed(
            Id, ProgramId, NextEvent(), now, ResponderId, State, (long)(now - CreatedAt).TotalSeconds, Tags.Length, SurveyCompleted));
    }

    private void Take(ConversationTransition transition, UserId? by, DateTimeOffset now, UserId? about = null, Reason? reason = null)
    {
        var from = State;
        State = State.After(transition);
        Version++;
        UpdatedAt = now;
        StateSince = now;
        (OfferedTo, OfferExpiresAt, TendedAt) = (null, null, null);
        if (SurveyRunning is { } survey && !ConversationLifecycle.GoesOnIn(survey, State))
        {
            (SurveyRunning, SurveyCutShort) = (null, true);
        }

        _taken.Add(new TransitionTaken(Version, transition, from, State, by, about, reason, now));
    }

    private void RecordUpdate(DateTimeOffset now) => Record(new ConversationUpdated(Id, ProgramId, NextEvent(), now, ResponderId, State));

    // What the texter has just written is on its way to a responder: nothing may end under it.
    private void RequireNothingUnread()
    {
        if (CalledAt is not null)
        {
            throw TexterWrote();
        }
    }

    private static RefusedException TexterWrote() =>
        new("conversation.texter_wrote", "The texter has written again. Read it first.");

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

/// <summary>Why something happened without a person's doing, as the timeline says it.</summary>
public enum Reason
{
    TimedOut,
    ResponderGone,
    TexterWrote,
    OptedOut,
    Unanswered,
    Failed,
}

/// <summary>One line of a conversation's log: who moved it, from where to where, whom it was about, why and when.</summary>
public sealed record TransitionTaken(
    long Version, ConversationTransition Transition, ConversationState FromState, ConversationState ToState, UserId? ActorId, UserId? AboutId, Reason? Reason,
    DateTimeOffset At);
