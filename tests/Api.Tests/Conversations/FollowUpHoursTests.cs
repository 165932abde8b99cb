using System.Text.Json;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Conversations;

/// <summary>When a follow-up is sent, and what becomes of one that nobody answers.</summary>
[Collection(TimedSuite.Name)]
public sealed class FollowUpHoursTests(TimedApi api)
{
    [Fact]
    public async Task What_falls_into_the_texters_night_is_sent_when_it_ends()
    {
        var shift = await Shift.BeginAsync(api, new { quietHours = new { from = "21:00", to = "08:00" } });
        var (texter, id) = await shift.GivenAsync(ConversationState.WrapUp);
        var texterId = (await shift.ReadAsync(id)).GetProperty("texterId").GetGuid();
        await (await shift.Responder.PutAsync($"/api/texters/{texterId}/time-zone", new { timeZone = "Pacific/Honolulu" })).ReadAsync(200);

        // 23:00 in Honolulu, which keeps one time all year: the morning is nine hours later.
        var now = await shift.NowAsync();
        var night = new DateTimeOffset(now.UtcDateTime.Date.AddDays(2).AddHours(9), TimeSpan.Zero);
        var agreed = await Shift.ActAsync(shift.Responder, id, "follow-ups", new { scheduledFor = night, message = "How are you today?" });

        Assert.Equal(night.AddHours(9), agreed.GetProperty("followUpAt").GetDateTimeOffset());
        await api.PassAsync(night - now + TimeSpan.FromMinutes(1));
        await Task.Delay(1500);
        Assert.Equal("follow_up_scheduled", await shift.StateAsync(id));
        await api.PassAsync(TimeSpan.FromHours(9));
        await shift.UntilAsync(id, ConversationState.FollowUpActive);
        await shift.UntilTextsAsync(texter, 1);
        Assert.Equal("How are you today?", shift.TextsTo(texter)[^1]);
    }

    [Fact]
    public async Task Whoever_plans_a_follow_up_is_told_the_texters_clock_and_quiet_hours()
    {
        var shift = await Shift.BeginAsync(api, new { quietHours = new { from = "21:00", to = "08:00" }, timeZone = "America/Denver" });
        var (_, id) = await shift.GivenAsync(ConversationState.WrapUp);
        var texter = (await shift.ReadAsync(id)).GetProperty("texterId").GetGuid();

        var assumed = await FollowUpsAsync(shift, id);
        await (await shift.Responder.PutAsync($"/api/texters/{texter}/time-zone", new { timeZone = "Pacific/Honolulu" })).ReadAsync(200);
        var known = await FollowUpsAsync(shift, id);

        Assert.Equal(("America/Denver", false), (assumed.GetProperty("timeZone").GetString(), assumed.GetProperty("timeZoneKnown").GetBoolean()));
        Assert.Equal(("Pacific/Honolulu", true), (known.GetProperty("timeZone").GetString(), known.GetProperty("timeZoneKnown").GetBoolean()));
        Assert.Equal(("21:00", "08:00"), (known.GetProperty("quietHours").GetProperty("from").GetString(), known.GetProperty("quietHours").GetProperty("to").GetString()));
    }

    [Fact]
    public async Task A_program_that_writes_at_any_hour_has_no_quiet_hours_to_tell_of()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.WrapUp);

        Assert.Equal(JsonValueKind.Null, (await FollowUpsAsync(shift, id)).GetProperty("quietHours").ValueKind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public async Task Whether_the_texter_agreed_stays_with_the_follow_up_and_with_who_said_so(bool? agreed)
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.WrapUp);
        var at = await shift.NowAsync() + TimeSpan.FromDays(1);
        object body = agreed is { } said ? new { scheduledFor = at, message = "How are you?", agreed = said } : new { scheduledFor = at, message = "How are you?" };

        await Shift.ActAsync(shift.Responder, id, "follow-ups", body);

        var planned = (await FollowUpsAsync(shift, id)).GetProperty("items")[0];
        var logged = (await shift.TimelineAsync(id)).Single(entry => entry.GetProperty("event").GetString() == "schedule_follow_up");
        Assert.Equal([agreed, agreed], new[] { planned, logged }.Select(one => one.GetProperty("agreed") is { ValueKind: JsonValueKind.Null } ? null : (bool?)one.GetProperty("agreed").GetBoolean()));
        Assert.Equal(
            ("How are you?", "scheduled", shift.ResponderId),
            (planned.GetProperty("message").GetString(), planned.GetProperty("status").GetString(), planned.GetProperty("plannedById").GetGuid()));
        Assert.Equal(logged.GetProperty("at").GetDateTimeOffset(), planned.GetProperty("plannedAt").GetDateTimeOffset());
        Assert.All((await shift.TimelineAsync(id)).SkipLast(1), entry => Assert.Equal(JsonValueKind.Null, entry.GetProperty("agreed").ValueKind));
    }

    [Fact]
    public async Task A_follow_up_that_nobody_answers_closes_its_conversation()
    {
        var shift = await Shift.BeginAsync(api, new { followUpReplyHours = 1 });
        var (_, id) = await shift.GivenAsync(ConversationState.FollowUpActive);

        await api.PassAsync(TimeSpan.FromMinutes(61));

        await shift.UntilAsync(id, ConversationState.Closed);
        var last = (await shift.TimelineAsync(id))[^1];
        Assert.Equal(("close_from_followup", "unanswered"), (last.GetProperty("event").GetString(), last.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("number", false, false)]
    [InlineData("program", true, false)]
    [InlineData("affiliate", true, true)]
    public async Task A_stop_holds_as_far_as_the_affiliate_takes_it(string scope, bool inProgram, bool elsewhere)
    {
        var shift = await Shift.BeginAsync(api, new { optOutScope = scope });
        var sameProgram = await GivenNumberAsync(shift.Affiliate, shift.Affiliate.ProgramId);
        var otherProgram = await GivenNumberAsync(shift.Affiliate, await shift.Affiliate.GivenProgramAsync("Another line"));
        var (texter, id) = await shift.GivenAsync(ConversationState.Active);

        Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, "STOP")).Status);
        await shift.UntilAsync(id, ConversationState.Closed);

        Assert.Equal((true, inProgram, elsewhere), (await IsStoppedAsync(shift.Affiliate.ChannelId), await IsStoppedAsync(sameProgram), await IsStoppedAsync(otherProgram)));
        Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, "START")).Status);
        await Eventually.Is(
            async () => !await IsStoppedAsync(shift.Affiliate.ChannelId) && !await IsStoppedAsync(sameProgram) && !await IsStoppedAsync(otherProgram), "all are allowed again");
    }

    [Fact]
    public async Task What_is_due_to_be_purged_is_listed_and_what_is_held_back_says_so()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, due) = await shift.GivenAsync(ConversationState.Closed);
        var (_, held) = await shift.GivenAsync(ConversationState.Closed);
        Assert.Equal(403, (await shift.Supervisor.PutAsync($"/api/admin/legal-holds/{held}", new { onHold = true, reason = "Court order" })).Status);
        Assert.Equal(400, (await shift.Affiliate.Admin.PutAsync($"/api/admin/legal-holds/{held}", new { onHold = true })).Status);
        Assert.Equal(404, (await shift.Affiliate.Admin.PutAsync($"/api/admin/legal-holds/{Guid.NewGuid()}", new { onHold = true, reason = "x" })).Status);
        await (await shift.Affiliate.Admin.PutAsync($"/api/admin/legal-holds/{held}", new { onHold = true, reason = "Court order" })).ReadAsync(200);
        await api.ChangeAsync("update conversations set closed_at = closed_at - interval '366 days' where affiliate_id = $1 and id = any($2)", shift.Affiliate.Id, new[] { due, held });

        var listed = (await (await shift.Affiliate.Admin.GetAsync("/api/admin/retention")).ReadAsync(200)).GetProperty("items").EnumerateArray()
            .ToDictionary(item => item.GetProperty("conversationId").GetGuid(), item => item.GetProperty("onHold").GetBoolean());

        Assert.Equal(new Dictionary<Guid, bool> { [due] = false, [held] = true }, listed);
    }

    private static async Task<JsonElement> FollowUpsAsync(Shift shift, Guid id) =>
        await (await shift.Responder.GetAsync($"/api/conversations/{id}/follow-ups")).ReadAsync(200);

    private static async Task<Guid> GivenNumberAsync(TestAffiliate affiliate, Guid program) =>
        (await (await affiliate.Admin.PostAsync("/api/channels", new
        {
            programId = program, provider = "twilio", address = "+1777" + Random.Shared.Next(1_000_000, 9_999_999),
            credentials = new { accountSid = affiliate.AccountSid, authToken = affiliate.AuthToken },
        })).ReadAsync(201)).GetProperty("id").GetGuid();

    private Task<bool> IsStoppedAsync(Guid channel) => api.AskAsync<bool>("select exists (select from stopped_texters where channel_id = $1)", channel);
}
