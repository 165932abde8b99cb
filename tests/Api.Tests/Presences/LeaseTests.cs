using Chat.Api.Tests.Conversations;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Presences;

/// <summary>A responder whose connection is gone.</summary>
[Collection(TimedSuite.Name)]
public sealed class LeaseTests(TimedApi api)
{
    private static readonly TimeSpan LongerThanTheLease = TimedApi.Lease + TimeSpan.FromMinutes(1);

    // Nobody's wait ends meanwhile.
    private static readonly object Patient = new { queueTimeoutMinutes = 43_200, transferTimeoutSeconds = 86_400, escalationReminderMinutes = 1440 };

    [Fact]
    public async Task What_they_had_taken_is_back_at_the_head_of_the_queue()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, taken) = await shift.GivenAsync(ConversationState.Assigned);
        var (_, second) = await shift.GivenAsync(ConversationState.Assigned);
        var since = (await shift.ReadAsync(taken)).GetProperty("queuedAt").GetDateTimeOffset();
        var (_, later) = await shift.GivenAsync(ConversationState.Queued);

        await api.PassAsync(LongerThanTheLease);

        await shift.UntilAsync(taken, ConversationState.Queued);
        await shift.UntilAsync(second, ConversationState.Queued);
        var queue = (await (await shift.Colleague.GetAsync("/api/queue")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([taken, second, later], queue.Select(item => item.GetProperty("conversationId").GetGuid()));
        Assert.Equal(since, queue[0].GetProperty("queuedAt").GetDateTimeOffset());
        var back = (await shift.TimelineAsync(taken))[^1];
        Assert.Equal(("return_to_queue", "responder_gone"), (back.GetProperty("event").GetString(), back.GetProperty("reason").GetString()));
        Assert.Equal(shift.ResponderId, back.GetProperty("aboutId").GetGuid());
        Assert.Equal(2, await shift.ToldAsync(shift.ResponderId, "returned"));
        Assert.Equal(0, await shift.ToldAsync(shift.SupervisorId, "responder_gone"));
        Assert.Equal(taken, (await (await shift.Colleague.PostAsync("/api/queue/claim")).ReadAsync(200)).GetProperty("id").GetGuid());
    }

    [Theory]
    [InlineData(ConversationState.Active)]
    [InlineData(ConversationState.Transferred)]
    [InlineData(ConversationState.WrapUp)]
    [InlineData(ConversationState.EscalatedMedical)]
    [InlineData(ConversationState.EscalatedPolice)]
    public async Task Of_what_is_under_way_supervisors_are_told_and_it_stays(ConversationState state)
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, id) = await shift.GivenAsync(state);

        await GoneAsync(shift, id);

        Assert.Equal(shift.ResponderId, (await shift.ReadAsync(id)).GetProperty("responderId").GetGuid());
        Assert.Equal(1, await shift.ToldAsync(shift.SupervisorId, "responder_gone"));
        Assert.Equal(shift.ResponderId, await api.AskAsync<Guid>("select about_id from notifications where affiliate_id = $1 and kind = 'responder_gone'", shift.Affiliate.Id));
        var overview = await (await shift.Supervisor.GetAsync("/api/supervision/overview")).ReadAsync(200);
        var person = overview.GetProperty("people").EnumerateArray().Single(one => one.GetProperty("userId").GetGuid() == shift.ResponderId);
        Assert.Equal(("offline", 1), (person.GetProperty("presence").GetString(), person.GetProperty("unattended").GetInt32()));
    }

    [Theory]
    [InlineData(ConversationState.Active)]
    [InlineData(ConversationState.Transferred)]
    [InlineData(ConversationState.WrapUp)]
    public async Task What_the_texter_writes_then_goes_back_to_the_queue(ConversationState state)
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (texter, id) = await shift.GivenAsync(state);
        await GoneAsync(shift, id);

        await shift.Affiliate.TextAsync(texter, "hello? are you there?");

        await shift.UntilAsync(id, ConversationState.Queued);
        var back = (await shift.TimelineAsync(id))[^1];
        Assert.Equal(state == ConversationState.WrapUp ? "texter_wrote" : "responder_gone", back.GetProperty("reason").GetString());
        var queued = await shift.ReadAsync(id);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, queued.GetProperty("responderId").ValueKind);
        Assert.False(queued.GetProperty("unattended").GetBoolean());
        Assert.Equal(id, (await (await shift.Colleague.PostAsync("/api/queue/claim")).ReadAsync(200)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task An_escalation_whose_responder_is_gone_stays_one_and_a_supervisor_hears_what_the_texter_writes()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (texter, id) = await shift.GivenAsync(ConversationState.EscalatedMedical);
        await GoneAsync(shift, id);

        await shift.Affiliate.TextAsync(texter, "somebody is at the door");

        await Eventually.Is(async () => await shift.ToldAsync(shift.SupervisorId, "texter_wrote") == 1, "the supervisor is told");
        Assert.Equal("escalated_medical", await shift.StateAsync(id));
        var resolved = await Shift.ActAsync(shift.Supervisor, id, "resolve-escalation", new { outcome = "taken to hospital" });
        Assert.Equal(["return_to_queue"], resolved.GetProperty("availableTransitions").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("queued", (await Shift.ActAsync(shift.Supervisor, id, "return-to-queue")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Who_comes_back_before_the_texter_writes_goes_on_where_they_were()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (texter, id) = await shift.GivenAsync(ConversationState.Active);
        await GoneAsync(shift, id);

        await (await shift.Responder.GetAsync("/api/conversations")).ReadAsync(200);

        await Eventually.Is(async () => !(await shift.ReadAsync(id)).GetProperty("unattended").GetBoolean(), "the conversation is attended again");
        await shift.Affiliate.TextAsync(texter, "hello?");
        await (await shift.Responder.PostAsync($"/api/conversations/{id}/messages", new { content = "Sorry, I am back." })).ReadAsync(201);
        Assert.Equal(("active", shift.ResponderId), (await shift.StateAsync(id), (await shift.ReadAsync(id)).GetProperty("responderId").GetGuid()));
        Assert.Equal("available", (await (await shift.Responder.GetAsync("/api/presence")).ReadAsync(200)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Who_comes_back_by_taking_somebody_is_back_for_the_others_too()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, first) = await shift.GivenAsync(ConversationState.Active);
        var (_, second) = await shift.GivenAsync(ConversationState.Active);
        await GoneAsync(shift, first);

        await shift.GivenAsync(ConversationState.Assigned);

        Assert.False((await shift.ReadAsync(first)).GetProperty("unattended").GetBoolean());
        Assert.False((await shift.ReadAsync(second)).GetProperty("unattended").GetBoolean());
    }

    [Fact]
    public async Task Who_comes_back_by_accepting_a_transfer_is_back_for_the_others_too()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, held) = await shift.GivenAsync(ConversationState.Active);
        await GoneAsync(shift, held);
        var (_, offered) = await shift.Affiliate.GivenWaitingAsync();
        await Shift.ActAsync(shift.Colleague, offered, "claim");
        await Shift.ActAsync(shift.Colleague, offered, "start");
        await Shift.ActAsync(shift.Colleague, offered, "transfer", new { toResponderId = shift.ResponderId, note = "Welcome back." });

        await Shift.ActAsync(shift.Responder, offered, "accept-transfer");

        Assert.False((await shift.ReadAsync(held)).GetProperty("unattended").GetBoolean());
    }

    [Fact]
    public async Task A_screen_that_is_connected_keeps_everything_over_a_leap_in_time()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, taken) = await shift.GivenAsync(ConversationState.Assigned);
        var (_, active) = await shift.GivenAsync(ConversationState.Active);
        using var screen = await ScreenAsync(shift.Responder);

        await api.PassAsync(LongerThanTheLease);

        // The lease has been looked at when its job stands in the future again.
        await Eventually.Is(
            async () => await api.AskAsync<DateTime>("select due_at from due_jobs where affiliate_id = $1 and kind = 'presence' and subject_id = $2", shift.Affiliate.Id, shift.ResponderId)
                > (await api.PassAsync(TimeSpan.Zero)).UtcDateTime,
            "the lease is looked at");
        Assert.Equal("assigned", await shift.StateAsync(taken));
        Assert.False((await shift.ReadAsync(active)).GetProperty("unattended").GetBoolean());
        Assert.Equal(0, await shift.ToldAsync(shift.SupervisorId, "responder_gone"));
    }

    [Fact]
    public async Task Who_says_that_they_are_away_is_offered_nobody_and_keeps_whom_they_have()
    {
        var shift = await Shift.BeginAsync(api, Patient);
        var (_, held) = await shift.GivenAsync(ConversationState.Active);
        await shift.GivenAsync(ConversationState.Queued);

        foreach (var status in new[] { "away", "offline" })
        {
            await (await shift.Responder.PutAsync("/api/presence", new { status })).ReadAsync(200);
            (await shift.Responder.PostAsync("/api/queue/claim")).Problem(409, "responder.not_available");
            Assert.Equal(status, (await (await shift.Responder.GetAsync("/api/presence")).ReadAsync(200)).GetProperty("status").GetString());
        }

        await (await shift.Responder.PostAsync($"/api/conversations/{held}/messages", new { content = "Still with you." })).ReadAsync(201);
        await (await shift.Responder.PutAsync("/api/presence", new { status = "available" })).ReadAsync(200);
        await (await shift.Responder.PostAsync("/api/queue/claim")).ReadAsync(200);
        (await shift.Responder.PutAsync("/api/presence", new { status = "asleep" })).Problem(400, "request.invalid");
    }

    private async Task GoneAsync(Shift shift, Guid id)
    {
        await api.PassAsync(LongerThanTheLease);
        await Eventually.Is(async () => (await shift.ReadAsync(id)).GetProperty("unattended").GetBoolean(), "the conversation is left unattended");
    }

    private async Task<Stream> ScreenAsync(Client of)
    {
        var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address, "/api/desk/stream"));
        request.Headers.Authorization = new("Bearer", of.Token);
        var stream = await (await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).Content.ReadAsStreamAsync();
        Assert.True(await stream.ReadAsync(new byte[16]) > 0);
        return stream;
    }
}
