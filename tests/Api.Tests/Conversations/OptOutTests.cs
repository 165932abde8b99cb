using Chat.Domain.Common;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Conversations;

[Collection(TimedSuite.Name)]
public sealed class OptOutTests(TimedApi api)
{
    public static TheoryData<ConversationState> OpenStates => [.. Enum.GetValues<ConversationState>().Except(ConversationLifecycle.Terminal)];

    [Theory]
    [MemberData(nameof(OpenStates))]
    public async Task Who_wants_no_more_messages_gets_none_and_is_heard_when_they_come_back(ConversationState state)
    {
        var shift = await Shift.BeginAsync(api);
        await shift.Affiliate.GivenKeywordAsync("STOP", "opt_out", "You will get no more messages. Text START to come back.");
        var (texter, id) = await shift.GivenAsync(state);
        var before = shift.TextsTo(texter).Count;

        await shift.Affiliate.TextAsync(texter, "Stop");

        await shift.UntilAsync(id, ConversationState.Closed);
        var closed = await shift.ReadAsync(id);
        Assert.Equal("opted_out", closed.GetProperty("closeReason").GetString());
        var last = (await shift.TimelineAsync(id)).Last(entry => entry.GetProperty("kind").GetString() == "transition");
        Assert.Equal(("close_opted_out", state.Name(), "opted_out"), (last.GetProperty("event").GetString(), last.GetProperty("fromState").GetString(), last.GetProperty("reason").GetString()));
        await shift.UntilTextsAsync(texter, before + 1);
        Assert.Equal("You will get no more messages. Text START to come back.", shift.TextsTo(texter)[^1]);

        await shift.Affiliate.TextAsync(texter, "START");

        var again = (await (await shift.Affiliate.Admin.GetAsync("/api/conversations?limit=1")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();
        Assert.NotEqual(id, again);
        Assert.Equal("queued", await shift.StateAsync(again));
        await Shift.ActAsync(shift.Responder, again, "claim");
        await (await shift.Responder.PostAsync($"/api/conversations/{again}/messages", new { content = "Good to hear from you." })).ReadAsync(201);
        await shift.UntilTextsAsync(texter, before + 2);
        Assert.Equal("closed", await shift.StateAsync(id));
    }

    [Theory]
    [InlineData(ConversationState.New, "imminent", ConversationState.Queued)]
    [InlineData(ConversationState.Queued, "high", ConversationState.Queued)]
    [InlineData(ConversationState.Active, "high", ConversationState.Active)]
    [InlineData(ConversationState.WrapUp, "imminent", ConversationState.Active)] // nobody was looking any more
    [InlineData(ConversationState.FollowUpScheduled, "high", ConversationState.Active)]
    public async Task Nothing_closes_by_itself_on_somebody_in_danger_and_a_person_is_told(ConversationState state, string risk, ConversationState becomes)
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(state);
        await shift.GivenRiskAsync(id, risk);

        await shift.Affiliate.TextAsync(texter, "STOP");

        await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "opted_out_in_danger") == 1, "supervisors are told");
        Assert.Equal(becomes.Name(), await shift.StateAsync(id));
        var holder = (await shift.ReadAsync(id)).GetProperty("responderId");
        Assert.Equal(holder.ValueKind == System.Text.Json.JsonValueKind.Null ? 0 : 1, await shift.ToldAsync(shift.ResponderId, "opted_out_in_danger"));
    }

    [Fact]
    public async Task A_moderate_risk_does_not_keep_somebody_who_wants_to_go()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(ConversationState.Active);
        await shift.GivenRiskAsync(id, "moderate");

        await shift.Affiliate.TextAsync(texter, "STOP");

        await shift.UntilAsync(id, ConversationState.Closed);
    }

    [Fact]
    public async Task Who_stopped_messages_once_and_writes_again_is_not_closed_upon()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, first) = await shift.GivenAsync(ConversationState.Active);
        await shift.Affiliate.TextAsync(texter, "STOP");
        await shift.UntilAsync(first, ConversationState.Closed);
        await shift.Affiliate.TextAsync(texter, "I need somebody after all");
        var again = (await (await shift.Affiliate.Admin.GetAsync("/api/conversations?limit=1")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();
        await Shift.ActAsync(shift.Responder, again, "claim");
        await Shift.ActAsync(shift.Responder, again, "start");
        (await shift.Responder.PostAsync($"/api/conversations/{again}/messages", new { content = "Hi" })).Problem(409, "texter.stopped");
        await Shift.ActAsync(shift.Responder, again, "wrap-up");

        await shift.Affiliate.TextAsync(texter, "please, I am on the bridge");

        await shift.UntilAsync(again, ConversationState.Active);
        Assert.Equal("resume", (await shift.EventsAsync(again))[^1]);

        // And a stop is a stop again.
        await shift.Affiliate.TextAsync(texter, "STOP");
        await shift.UntilAsync(again, ConversationState.Closed);
    }

    [Fact]
    public async Task Somebody_in_danger_who_stopped_messages_and_writes_again_reaches_a_responder()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(ConversationState.WrapUp);
        await shift.GivenRiskAsync(id, "high");
        await shift.Affiliate.TextAsync(texter, "STOP");
        await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "opted_out_in_danger") == 1, "supervisors are told");

        await shift.Affiliate.TextAsync(texter, "wait");

        await shift.UntilAsync(id, ConversationState.Active);
    }

    [Fact]
    public async Task What_is_written_right_after_a_stop_is_read()
    {
        var shift = await Shift.BeginAsync(api);
        for (var round = 0; round < 10; round++)
        {
            var (texter, id) = await shift.GivenAsync(ConversationState.Active);

            await Task.WhenAll(shift.Affiliate.TextAsync(texter, "STOP"), shift.Affiliate.TextAsync(texter, "no wait, help me"));

            await Eventually.Is(
                async () => await api.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind = 'texter'", shift.Affiliate.Id) == 0, "both are taken up");
            var all = (await (await shift.Affiliate.Admin.GetAsync($"/api/conversations?texterId={(await shift.ReadAsync(id)).GetProperty("texterId").GetGuid()}")).ReadAsync(200))
                .GetProperty("items").EnumerateArray().Select(conversation => conversation.GetProperty("id").GetGuid());
            foreach (var conversation in all)
            {
                var messages = (await shift.Affiliate.Admin.MessagesAsync(conversation)).Select(message => message.GetProperty("content").GetString()).ToList();
                var (stop, help) = (messages.IndexOf("STOP"), messages.IndexOf("no wait, help me"));

                // A cry after the stop is never in what has ended; one before it was there to be read.
                if (help > stop)
                {
                    Assert.NotEqual("closed", await shift.StateAsync(conversation));
                }
            }
        }
    }
}
