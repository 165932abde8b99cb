using Chat.Api.Tests.Conversations;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Queue;

/// <summary>What is said to somebody who waits, when, and how often.</summary>
[Collection(TimedSuite.Name)]
public sealed class AutomaticReplyTests(TimedApi api)
{
    private static readonly object Replies = new
    {
        welcome = "You have reached {program}.", allBusy = "All are busy. You are number {position}.", stillWaiting = "You are not forgotten.",
        closed = "We are closed. We open {opens}.", expired = "Nobody could answer you in time.",
    };

    [Fact]
    public async Task Who_begins_to_wait_is_welcomed_once_and_told_now_and_then_that_they_are_not_forgotten()
    {
        var shift = await Shift.BeginAsync(api, new { replies = Replies, stillWaitingMinutes = 10, mostStillWaiting = 2, queueTimeoutMinutes = 600 });
        await (await shift.Responder.PutAsync("/api/presence", new { status = "available" })).ReadAsync(200);
        var (texter, id) = await shift.GivenAsync(ConversationState.Queued);
        await shift.UntilTextsAsync(texter, 1);
        await shift.Affiliate.TextAsync(texter, "are you there?");

        for (var notice = 1; notice <= 2; notice++)
        {
            await api.PassAsync(TimeSpan.FromMinutes(10));
            await shift.UntilTextsAsync(texter, 1 + notice);
        }

        await api.PassAsync(TimeSpan.FromMinutes(30));
        await TendedAsync(shift, id);
        Assert.Equal(["You have reached Main line.", "You are not forgotten.", "You are not forgotten."], shift.TextsTo(texter));
    }

    [Fact]
    public async Task Who_comes_while_all_are_busy_is_told_their_place()
    {
        var shift = await Shift.BeginAsync(api, new { replies = Replies });
        var (first, _) = await shift.GivenAsync(ConversationState.Queued);
        var (second, _) = await shift.GivenAsync(ConversationState.Queued);

        await shift.UntilTextsAsync(first, 1);
        await shift.UntilTextsAsync(second, 1);

        Assert.Equal(["All are busy. You are number 1."], shift.TextsTo(first));
        Assert.Equal(["All are busy. You are number 2."], shift.TextsTo(second));
    }

    [Fact]
    public async Task Who_writes_out_of_hours_is_told_when_somebody_will_be_there_and_is_kept()
    {
        var opens = (await api.PassAsync(TimeSpan.Zero)).AddHours(3);
        var shift = await Shift.BeginAsync(api, new
        {
            timeZone = "Etc/UTC", replies = Replies, queueTimeoutMinutes = 60, operatingHours = new Dictionary<string, object>
            {
                [opens.DayOfWeek.ToString().ToLowerInvariant()] = new[] { new { from = $"{opens:HH}:00", to = "24:00" } },
            },
        });
        var (texter, id) = await shift.GivenAsync(ConversationState.Queued);

        await shift.UntilTextsAsync(texter, 1);
        Assert.Equal([$"We are closed. We open {opens.DayOfWeek} {opens:HH}:00."], shift.TextsTo(texter));

        // The hours in which nobody is there do not count.
        await api.PassAsync(TimeSpan.FromMinutes(90));
        await TendedAsync(shift, id);
        Assert.Equal("queued", await shift.StateAsync(id));
        Assert.Single(shift.TextsTo(texter));
    }

    [Fact]
    public async Task A_wait_that_nobody_ends_ends_with_a_word_and_the_next_text_begins_anew()
    {
        var shift = await Shift.BeginAsync(api, new { replies = Replies, stillWaitingMinutes = 60, queueTimeoutMinutes = 30 });
        var (texter, id) = await shift.GivenAsync(ConversationState.Queued);
        await shift.UntilTextsAsync(texter, 1);

        await api.PassAsync(TimeSpan.FromMinutes(29));
        Assert.Equal("queued", await shift.StateAsync(id));
        await api.PassAsync(TimeSpan.FromMinutes(1));

        await shift.UntilAsync(id, ConversationState.Expired);
        await shift.UntilTextsAsync(texter, 2);
        Assert.Equal(["All are busy. You are number 1.", "Nobody could answer you in time."], shift.TextsTo(texter));
        Assert.Equal("unanswered", (await shift.ReadAsync(id)).GetProperty("closeReason").GetString());
        Assert.Equal(1, await api.AskAsync<long>("select count(*) from outbox where affiliate_id = $1 and type = 'conversation.expired'", shift.Affiliate.Id));
        await shift.Affiliate.TextAsync(texter, "hello again");
        await shift.UntilTextsAsync(texter, 3);
        Assert.Equal(2, (await (await shift.Affiliate.Admin.GetAsync("/api/conversations")).ReadAsync(200)).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Who_goes_on_writing_is_not_given_up()
    {
        var shift = await Shift.BeginAsync(api, new { replies = Replies, stillWaitingMinutes = 600, queueTimeoutMinutes = 30 });
        var (texter, id) = await shift.GivenAsync(ConversationState.Queued);
        await api.PassAsync(TimeSpan.FromMinutes(20));
        await shift.Affiliate.TextAsync(texter, "still here");

        await api.PassAsync(TimeSpan.FromMinutes(20));
        await TendedAsync(shift, id);
        Assert.Equal("queued", await shift.StateAsync(id));
        await api.PassAsync(TimeSpan.FromMinutes(10));

        await shift.UntilAsync(id, ConversationState.Expired);
    }

    [Theory]
    [InlineData("high")]
    [InlineData("imminent")]
    public async Task Who_is_in_danger_is_not_given_up_by_a_clock_and_people_are_called(string risk)
    {
        var shift = await Shift.BeginAsync(api, new { replies = Replies, queueTimeoutMinutes = 30, queueAlertMinutes = 5 });
        var (texter, id) = await shift.GivenAsync(ConversationState.Queued);
        await shift.UntilTextsAsync(texter, 1);
        await shift.GivenRiskAsync(id, risk);

        await api.PassAsync(TimeSpan.FromMinutes(45));
        await TendedAsync(shift, id);
        var told = await shift.ToldAsync(shift.SupervisorId, "queue_alert");
        await api.PassAsync(TimeSpan.FromMinutes(60));
        await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "queue_alert") > told, "supervisors are called again");

        Assert.Equal("queued", await shift.StateAsync(id));
        Assert.DoesNotContain("Nobody could answer you in time.", shift.TextsTo(texter));
    }

    [Fact]
    public async Task Supervisors_and_whoever_is_free_hear_of_somebody_who_waits_for_long()
    {
        var shift = await Shift.BeginAsync(api, new { queueAlertMinutes = 5, queueTimeoutMinutes = 600 });
        await (await shift.Responder.PutAsync("/api/presence", new { status = "available" })).ReadAsync(200);
        await (await shift.Colleague.PutAsync("/api/presence", new { status = "away" })).ReadAsync(200);
        var (_, id) = await shift.GivenAsync(ConversationState.Queued);
        await TendedAsync(shift, id);
        Assert.Equal(0, await shift.ToldAsync(shift.SupervisorId, "queue_alert"));

        await api.PassAsync(TimeSpan.FromMinutes(5));

        await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "queue_alert") == 1, "the supervisor hears of it");
        Assert.Equal((1, 0), (await shift.ToldAsync(shift.ResponderId, "queue_alert"), await shift.ToldAsync(shift.ColleagueId, "queue_alert")));
    }

    [Fact]
    public async Task Nothing_is_said_to_somebody_who_has_stopped_messages()
    {
        var shift = await Shift.BeginAsync(api, new { replies = Replies, stillWaitingMinutes = 10, queueTimeoutMinutes = 30 });
        var texter = shift.Affiliate.NewTexter();
        await shift.Affiliate.TextAsync(texter, "STOP");
        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from conversations where affiliate_id = $1 and state = 'closed'", shift.Affiliate.Id) == 1, "the stop is taken up");
        await shift.Affiliate.TextAsync(texter, "but I do need somebody");
        var id = (await (await shift.Affiliate.Admin.GetAsync("/api/queue")).ReadAsync(200)).GetProperty("items")[0].GetProperty("conversationId").GetGuid();

        await api.PassAsync(TimeSpan.FromMinutes(30));

        await shift.UntilAsync(id, ConversationState.Expired);
        Assert.All(await shift.Affiliate.Admin.MessagesAsync(id), message => Assert.Equal("inbound", message.GetProperty("direction").GetString()));
        Assert.Empty(shift.TextsTo(texter));
    }

    [Fact]
    public async Task Whom_a_responder_hands_back_is_not_welcomed_again()
    {
        var shift = await Shift.BeginAsync(api, new { replies = Replies });
        var (texter, id) = await shift.GivenAsync(ConversationState.Active);
        await shift.UntilTextsAsync(texter, 1);
        await Shift.ActAsync(shift.Responder, id, "return-to-queue", new { note = "My shift ends." });

        await TendedAsync(shift, id);

        Assert.Single(shift.TextsTo(texter));
    }

    // The wait has been looked at as of now: its next time is to come.
    private async Task TendedAsync(Shift shift, Guid id)
    {
        var now = await api.PassAsync(TimeSpan.Zero);
        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind = 'queue' and subject_id = $2 and due_at > $3",
                shift.Affiliate.Id, id, now.UtcDateTime) == 1,
            "the wait is looked at");
    }
}
