using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Messages;

namespace Chat.Domain.Tests;

public sealed class ConversationTests
{
    private static readonly DateTimeOffset Later = A.Moment.AddMinutes(5);

    private readonly UserId _responder = A.Responder();
    private readonly UserId _colleague = A.Responder();

    [Fact]
    public void A_responder_takes_a_waiting_conversation()
    {
        var conversation = A.Conversation.Waiting();

        conversation.Assign(_responder, _responder, Later);

        Assert.Equal(ConversationState.Assigned, conversation.State);
        Assert.Equal(_responder, conversation.ResponderId);
        Assert.Equal(3, conversation.Version);
        Assert.Equal(Later, conversation.UpdatedAt);
        var assigned = Assert.IsType<ConversationAssigned>(Assert.Single(conversation.TakeEvents()));
        Assert.Equal((8L, _responder), (assigned.Sequence, assigned.ResponderId));
        Assert.Equal(
            new TransitionTaken(3, ConversationTransition.AssignResponder, ConversationState.Queued, ConversationState.Assigned, _responder, _responder, null, Later),
            Assert.Single(conversation.Taken));
    }

    [Fact]
    public void Whoever_comes_second_is_told_that_somebody_was_first()
    {
        var conversation = A.Conversation.Waiting();
        conversation.Assign(_responder, _responder, Later);

        Assert.Equal("conversation.already_assigned", Refusal(() => conversation.Assign(_colleague, _colleague, Later)));
        Assert.Equal(_responder, conversation.ResponderId);
        Assert.Single(conversation.TakeEvents());
    }

    [Fact]
    public void Taking_it_twice_is_coming_second_too()
    {
        var conversation = A.Conversation.TakenBy(_responder);

        Assert.Equal("conversation.already_assigned", Refusal(() => conversation.Assign(_responder, _responder, Later)));
    }

    [Theory]
    [InlineData(ConversationState.Closed)]
    [InlineData(ConversationState.Expired)]
    [InlineData(ConversationState.Failed)]
    public void An_ended_conversation_is_not_taken_by_anybody(ConversationState ended)
    {
        var conversation = A.Conversation.In(ended, _responder);

        Assert.Equal("conversation.transition_not_allowed", Refusal(() => conversation.Assign(_colleague, _colleague, Later)));
    }

    [Fact]
    public void Starting_makes_a_taken_conversation_active()
    {
        var conversation = A.Conversation.TakenBy(_responder);

        conversation.Start(_responder, Later);

        Assert.Equal(ConversationState.Active, conversation.State);
        Assert.IsType<ConversationUpdated>(Assert.Single(conversation.TakeEvents()));
    }

    [Fact]
    public void The_first_reply_starts_a_conversation_that_has_only_been_taken()
    {
        var conversation = A.Conversation.TakenBy(_responder);

        var reply = conversation.Reply(A.MessageId(), _responder, "Hello", "mine-1", Later);

        Assert.Equal(ConversationState.Active, conversation.State);
        Assert.Equal((5L, MessageDirection.Outbound, MessageStatus.Queued, "mine-1"), (reply.Sequence, reply.Direction, reply.Status, reply.ClientMessageId));
        Assert.Equal(5, conversation.LastSequence);
        Assert.Collection(
            conversation.TakeEvents(),
            started => Assert.Equal(8, Assert.IsType<ConversationUpdated>(started).Sequence),
            queued => Assert.Equal((9L, 5L), (Assert.IsType<OutboundMessageQueued>(queued).Sequence, ((OutboundMessageQueued)queued).MessageSequence)));
    }

    [Fact]
    public void Further_replies_only_reply()
    {
        var conversation = A.Conversation.HeldBy(_responder);

        conversation.Reply(A.MessageId(), _responder, "Hello", null, Later);
        conversation.Reply(A.MessageId(), _responder, "Are you there?", null, Later);

        Assert.Equal(6, conversation.LastSequence);
        Assert.Equal(2, conversation.Version);
        Assert.Empty(conversation.Taken);
        Assert.All(conversation.TakeEvents(), happened => Assert.IsType<OutboundMessageQueued>(happened));
    }

    [Theory]
    [InlineData(ConversationState.FollowUpScheduled)]
    [InlineData(ConversationState.Closed)]
    public void Nobody_replies_where_the_lifecycle_does_not_lead_to_active(ConversationState state)
    {
        var conversation = A.Conversation.In(state, _responder);

        Assert.Equal("conversation.transition_not_allowed", Refusal(() => conversation.Reply(A.MessageId(), _responder, "Hello", null, Later)));
        Assert.Equal(4, conversation.LastSequence);
        Assert.Empty(conversation.TakeEvents());
    }

    [Fact]
    public void A_conversation_that_waits_is_taken_before_it_is_answered()
    {
        var conversation = A.Conversation.Waiting();

        var refusal = Assert.Throws<TransitionNotAllowedException>(() => conversation.Reply(A.MessageId(), _responder, "Hello", null, Later));

        Assert.Equal(("queued", "start_conversation"), (refusal.Facts["state"], refusal.Facts["transition"]));
    }

    [Fact]
    public void Only_the_responder_who_holds_a_conversation_acts_in_it()
    {
        var conversation = A.Conversation.HeldBy(_responder);

        Assert.Equal("conversation.held_by_another", Refusal(() => conversation.Start(_colleague, Later)));
        Assert.Equal("conversation.held_by_another", Refusal(() => conversation.Reply(A.MessageId(), _colleague, "Hello", null, Later)));
        Assert.Equal("conversation.held_by_another", Refusal(() => conversation.Close(_colleague, null, unseen: false, Later)));
        Assert.Equal("conversation.held_by_another", Refusal(() => conversation.RequireHeldBy(_colleague)));
        Assert.Empty(conversation.TakeEvents());
    }

    [Fact]
    public void A_conversation_that_nobody_holds_asks_to_be_taken() =>
        Assert.Equal("conversation.not_taken", Refusal(() => A.Conversation.Waiting().RequireHeldBy(_responder)));

    [Fact]
    public void A_closed_conversation_says_when_and_why()
    {
        var conversation = A.Conversation.Tagged("anxiety").HeldBy(_responder);

        conversation.Close(_responder, "resolved", unseen: false, Later);

        Assert.Equal((ConversationState.Closed, (DateTimeOffset?)Later, "resolved"), (conversation.State, conversation.ClosedAt, conversation.CloseReason));
        var closed = Assert.IsType<ConversationClosed>(Assert.Single(conversation.TakeEvents()));
        Assert.Equal((300L, 1, (UserId?)_responder), (closed.DurationSeconds, closed.TagCount, closed.ResponderId));
    }

    [Fact]
    public void A_note_is_added_in_any_state_and_moves_nothing()
    {
        foreach (var state in Enum.GetValues<ConversationState>())
        {
            var conversation = A.Conversation.In(state, _responder);

            var note = conversation.AddNote(A.MessageId(), _colleague, "Called back", null, Later);

            Assert.Equal((state, 5L, MessageStatus.Recorded), (conversation.State, note.Sequence, note.Status));
            Assert.IsType<NoteAdded>(Assert.Single(conversation.TakeEvents()));
        }
    }

    [Fact]
    public void Tags_are_trimmed_and_said_once()
    {
        var conversation = A.Conversation.HeldBy(_responder);

        conversation.SetTags([" anxiety ", "Anxiety", "school"], Later);

        Assert.Equal(["anxiety", "school"], conversation.Tags);
        Assert.Equal(3, conversation.Version);
        Assert.Equal(2, Assert.IsType<ConversationTagsUpdated>(Assert.Single(conversation.TakeEvents())).TagCount);
    }

    [Fact]
    public void The_same_tags_again_are_no_news()
    {
        var conversation = A.Conversation.Tagged("anxiety", "school").HeldBy(_responder);

        conversation.SetTags(["anxiety", "school"], Later);

        Assert.Equal((2L, A.Moment), (conversation.Version, conversation.UpdatedAt));
        Assert.Empty(conversation.TakeEvents());
    }

    [Fact]
    public void A_transfer_leaves_the_sender_responsible_until_somebody_accepts()
    {
        var conversation = A.Conversation.HeldBy(_responder);

        conversation.OfferTransfer(_responder, _colleague, 4, Later.AddMinutes(3), Later);
        Assert.Equal((_responder, (UserId?)_colleague), (conversation.ResponderId!.Value, conversation.OfferedTo));
        conversation.Reply(A.MessageId(), _responder, "I am asking a colleague.", null, Later);
        conversation.AcceptTransfer(_colleague, Later);

        Assert.Equal((ConversationState.Active, (UserId?)_colleague, null), (conversation.State, conversation.ResponderId, conversation.OfferedTo));
        Assert.Equal("conversation.held_by_another", Refusal(() => conversation.Reply(A.MessageId(), _responder, "x", null, Later)));
    }

    [Fact]
    public void Nobody_answers_an_offer_that_was_made_to_another()
    {
        var conversation = A.Conversation.In(ConversationState.Transferred, _responder, _colleague);

        Assert.Equal("conversation.offered_to_another", Refusal(() => conversation.AcceptTransfer(A.Responder(), Later)));
        Assert.Equal("conversation.offered_to_another", Refusal(() => conversation.AcceptTransfer(_responder, Later)));
        Assert.Equal("conversation.offered_to_another", Refusal(() => conversation.DeclineTransfer(A.Responder(), Later)));
        Assert.Equal("conversation.transfer_to_self", Refusal(() => A.Conversation.HeldBy(_responder).OfferTransfer(_responder, _responder, 1, Later, Later)));
        Assert.Empty(conversation.Taken);
    }

    [Theory]
    [InlineData(ConversationState.Assigned, false)]
    [InlineData(ConversationState.Active, false)]
    [InlineData(ConversationState.Transferred, false)]
    [InlineData(ConversationState.WrapUp, true)]
    [InlineData(ConversationState.FollowUpScheduled, true)]
    [InlineData(ConversationState.FollowUpActive, true)]
    public void Who_is_handed_back_keeps_their_place_and_who_writes_after_the_end_waits_from_then_on(ConversationState state, bool anew)
    {
        var conversation = A.Conversation.In(state, _responder);

        conversation.ReturnToQueue(null, null, null, Reason.ResponderGone, Later);

        Assert.Equal((ConversationState.Queued, null, anew ? Later : A.Moment), (conversation.State, conversation.ResponderId, conversation.QueuedAt!.Value));
    }

    [Theory]
    [InlineData(ConversationState.Active)]
    [InlineData(ConversationState.WrapUp)]
    [InlineData(ConversationState.FollowUpActive)]
    public void Nothing_is_closed_while_what_the_texter_wrote_waits_to_be_read(ConversationState state)
    {
        var called = A.Conversation.Called().In(state, _responder);

        Assert.Equal("conversation.texter_wrote", Refusal(() => called.Close(_responder, null, unseen: false, Later)));
        Assert.Equal("conversation.texter_wrote", Refusal(() => A.Conversation.In(state, _responder).Close(_responder, null, unseen: true, Later)));
        Assert.Equal(state, called.State);
        called.Heard();
        called.Close(_responder, null, unseen: false, Later);
        Assert.Equal(ConversationState.Closed, called.State);
    }

    [Fact]
    public void An_escalation_is_resolved_by_whoever_holds_the_conversation_or_on_their_behalf()
    {
        var (escalation, supervisor) = (new EscalationId(Guid.CreateVersion7()), A.Responder());
        var conversation = A.Conversation.In(ConversationState.EscalatedPolice, _responder);

        Assert.Equal("conversation.held_by_another", Refusal(() => conversation.ResolveEscalation(escalation, _colleague, onBehalf: false, Later)));
        conversation.ResolveEscalation(escalation, supervisor, onBehalf: true, Later);

        Assert.Equal(ConversationState.Active, conversation.State);
        Assert.Equal(ConversationTransition.ResolvePoliceEscalation, Assert.Single(conversation.Taken).Transition);
    }

    [Fact]
    public void A_case_that_outlives_its_conversation_is_resolved_without_moving_it()
    {
        var conversation = A.Conversation.In(ConversationState.EscalatedMedical, _responder);
        conversation.CloseOptedOut(Later);
        conversation.TakeEvents();

        conversation.ResolveEscalation(new EscalationId(Guid.CreateVersion7()), _responder, onBehalf: false, Later);

        Assert.Equal((ConversationState.Closed, 1), (conversation.State, conversation.Taken.Count));
        Assert.IsType<EscalationResolved>(Assert.Single(conversation.TakeEvents()));
        Assert.Equal("conversation.transition_not_allowed", Refusal(() => conversation.ResolveEscalation(null, _responder, onBehalf: false, Later)));
    }

    [Fact]
    public void Who_answers_or_accepts_is_there_and_a_stop_leaves_nobody_waiting()
    {
        var conversation = A.Conversation.HeldBy(_responder);
        conversation.LeaveUnattended(Later);
        conversation.LeaveUnattended(Later);
        Assert.True(conversation.Unattended);
        Assert.Single(conversation.TakeEvents());

        conversation.Reply(A.MessageId(), _responder, "I am back.", null, Later);
        Assert.False(conversation.Unattended);

        conversation.LeaveUnattended(Later);
        conversation.CloseOptedOut(Later);
        Assert.Equal((false, null, "opted_out"), (conversation.Unattended, conversation.CalledAt, conversation.CloseReason));
    }

    [Fact]
    public void Events_are_handed_over_once()
    {
        var conversation = A.Conversation.Waiting();
        conversation.Assign(_responder, _responder, Later);

        Assert.Single(conversation.TakeEvents());
        Assert.Empty(conversation.TakeEvents());
    }

    private static string Refusal(Action act) => Assert.ThrowsAny<RefusedException>(act).Code;
}
