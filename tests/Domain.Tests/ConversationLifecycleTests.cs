using Chat.Domain.Common;
using Chat.Domain.Conversations;

namespace Chat.Domain.Tests;

public sealed class ConversationLifecycleTests
{
    // Written out a second time, from the contract and not from the code: a row changed there by mistake is found here.
    private const string Contract = """
        new                 route_message              queued
        queued              assign_responder           assigned
        queued              timeout_expire             expired
        assigned            start_conversation         active
        active              send_entry_survey          active
        active              transfer_to_responder      transferred
        active              escalate_to_medical        escalated_medical
        active              escalate_to_police         escalated_police
        active              begin_wrap_up              wrap_up
        active              close_from_active          closed
        transferred         accept_transfer            active
        escalated_medical   resolve_escalation         active
        escalated_police    resolve_police_escalation  active
        wrap_up             schedule_follow_up         follow_up_scheduled
        wrap_up             close_from_wrap_up         closed
        follow_up_scheduled trigger_follow_up          follow_up_active
        follow_up_active    close_from_followup        closed

        assigned            return_to_queue            queued
        active              return_to_queue            queued
        transferred         return_to_queue            queued
        wrap_up             return_to_queue            queued
        follow_up_scheduled return_to_queue            queued
        follow_up_active    return_to_queue            queued

        wrap_up             resume                     active
        follow_up_scheduled resume                     active
        follow_up_active    resume                     active

        transferred         decline_transfer           active
        transferred         cancel_transfer            active

        new                 close_opted_out            closed
        queued              close_opted_out            closed
        assigned            close_opted_out            closed
        active              close_opted_out            closed
        transferred         close_opted_out            closed
        escalated_medical   close_opted_out            closed
        escalated_police    close_opted_out            closed
        wrap_up             close_opted_out            closed
        follow_up_scheduled close_opted_out            closed
        follow_up_active    close_opted_out            closed

        new                 fail                       failed
        queued              fail                       failed
        """;

    private static readonly Dictionary<(string From, string When), string> Legal = Contract
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(row => (row[0], row[1]), row => row[2]);

    public static TheoryData<ConversationState, ConversationTransition> EveryPair
    {
        get
        {
            var pairs = new TheoryData<ConversationState, ConversationTransition>();
            foreach (var state in Enum.GetValues<ConversationState>())
            {
                foreach (var transition in Enum.GetValues<ConversationTransition>())
                {
                    pairs.Add(state, transition);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void A_transition_is_what_the_contract_says(ConversationState state, ConversationTransition transition)
    {
        if (Legal.TryGetValue((state.Name(), transition.Name()), out var next))
        {
            Assert.Equal(next, state.After(transition).Name());
            return;
        }

        var refusal = Assert.Throws<TransitionNotAllowedException>(() => state.After(transition));
        Assert.Equal("conversation.transition_not_allowed", refusal.Code);
        Assert.Equal(state.Name(), refusal.Facts["state"]);
        Assert.Equal(transition.Name(), refusal.Facts["transition"]);
    }

    [Fact]
    public void The_contract_is_all_of_it()
    {
        Assert.Equal(13, Wire.All<ConversationState>().Count());
        Assert.Equal(23, Wire.All<ConversationTransition>().Count());
        Assert.Equal(Legal.Count, ConversationLifecycle.Transitions.Count);
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void What_is_offered_is_what_is_allowed(ConversationState state, ConversationTransition transition) =>
        Assert.Equal(Legal.ContainsKey((state.Name(), transition.Name())), ConversationLifecycle.From(state).Any(row => row.When == transition));

    [Fact]
    public void Nothing_leads_out_of_an_ended_conversation_and_something_out_of_every_other()
    {
        var ended = Enum.GetValues<ConversationState>().Where(state => !ConversationLifecycle.From(state).Any());

        Assert.Equal([ConversationState.Closed, ConversationState.Expired, ConversationState.Failed], ended);
        Assert.True(ConversationLifecycle.Terminal.SetEquals(ended));
    }

    [Fact]
    public void A_waiting_or_ended_conversation_takes_none_of_a_responders_places() =>
        Assert.Equal(
            ["active", "assigned", "escalated_medical", "escalated_police", "transferred", "wrap_up"],
            ConversationLifecycle.Occupying.Select(state => state.Name()).Order(StringComparer.Ordinal));
}
