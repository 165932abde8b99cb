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
    public void Events_are_handed_over_once()
    {
        var conversation = A.Conversation.Waiting();
        conversation.Assign(_responder, _responder, Later);

        Assert.Single(conversation.TakeEvents());
        Assert.Empty(conversation.TakeEvents());
    }

    private static string Refusal(Action act) => Assert.ThrowsAny<RefusedException>(act).Code;
}
