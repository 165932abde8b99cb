using Chat.Api.Tests.Conversations;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Operations;

/// <summary>What is due is done once, by whichever instance, also when one has died over it.</summary>
[Collection(TimedSuite.Name)]
public sealed class JobTests(TimedApi api)
{
    [Fact]
    public async Task Two_hundred_that_are_due_at_once_are_done_once_each_by_two_instances()
    {
        await using var second = api.Start();
        var shift = await Shift.BeginAsync(api, new { queueTimeoutMinutes = 30, stillWaitingMinutes = 600, replies = new { expired = "Nobody could answer you in time." } });
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => shift.Affiliate.TextAsync(shift.Affiliate.NewTexter(), "hi")));

        await api.PassAsync(TimeSpan.FromMinutes(30));

        await Eventually.Is(async () => await CountAsync(shift, "conversations", "state = 'expired'") == 200, "all waits end");
        Assert.Equal(200, await CountAsync(shift, "conversation_transitions", "transition = 'timeout_expire'"));
        Assert.Equal(200, await CountAsync(shift, "messages", "direction = 'system'"));
        Assert.Equal(200, await CountAsync(shift, "outbox", "type = 'conversation.expired'"));
        Assert.Equal(0, await CountAsync(shift, "due_jobs", "kind = 'queue'"));
    }

    [Fact]
    public async Task What_an_instance_had_claimed_and_died_over_is_done_when_the_claim_has_run_out()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(ConversationState.FollowUpScheduled);
        await ClaimedAsync(id, "1 hour");
        await api.PassAsync(Shift.UntilFollowUp);
        await Task.Delay(1500);
        Assert.Equal("follow_up_scheduled", await shift.StateAsync(id));

        await ClaimedAsync(id, "-1 second");

        await shift.UntilAsync(id, ConversationState.FollowUpActive);
        await shift.UntilTextsAsync(texter, 1);
        Assert.Single(shift.TextsTo(texter));
    }

    [Fact]
    public async Task What_was_due_while_nobody_looked_is_caught_up_with()
    {
        var shift = await Shift.BeginAsync(api, new { transferTimeoutSeconds = 60, queueTimeoutMinutes = 30, escalationReminderMinutes = 5 });
        var (_, waiting) = await shift.GivenAsync(ConversationState.Queued);
        var (_, offered) = await shift.GivenAsync(ConversationState.Transferred);
        var (_, escalated) = await shift.GivenAsync(ConversationState.EscalatedMedical);
        var (_, followUp) = await shift.GivenAsync(ConversationState.FollowUpScheduled);

        await api.PassAsync(TimeSpan.FromHours(6));

        await shift.UntilAsync(waiting, ConversationState.Expired);
        await shift.UntilAsync(offered, ConversationState.Active);
        await shift.UntilAsync(followUp, ConversationState.FollowUpActive);
        await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "escalation_unattended") == 1, "supervisors are reminded, once");
        Assert.Equal("escalated_medical", await shift.StateAsync(escalated));
    }

    [Fact]
    public async Task A_wait_that_cannot_be_looked_after_ends_as_failed_and_the_next_text_begins_anew()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(ConversationState.Queued);

        await shift.FailAsync(id);

        Assert.Equal(("failed", 1), (await shift.StateAsync(id), await shift.ToldAsync(shift.SupervisorId, "conversation_failed")));
        await shift.Affiliate.TextAsync(texter, "hello?");
        Assert.Equal(1, await CountAsync(shift, "conversations", "state = 'queued'"));
    }

    private Task<long> CountAsync(Shift shift, string table, string condition) =>
        api.AskAsync<long>($"select count(*) from {table} where affiliate_id = $1 and {condition}", shift.Affiliate.Id);

    private async Task ClaimedAsync(Guid id, string until) => Assert.Equal(
        1, await api.ChangeAsync($"update due_jobs set claimed_until = clock_timestamp() + interval '{until}' where subject_id = $1 and kind = 'follow_up'", id));
}
