using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Conversations;

/// <summary>Writing again later, and the texter who writes first.</summary>
[Collection(TimedSuite.Name)]
public sealed class FollowUpTests(TimedApi api)
{
    [Fact]
    public async Task What_was_agreed_on_is_sent_once_however_many_instances_look()
    {
        await using var second = api.Start();
        var shift = await Shift.BeginAsync(api);
        var followUps = new List<(string Texter, Guid Id)>();
        for (var index = 0; index < 10; index++)
        {
            followUps.Add(await shift.GivenAsync(ConversationState.FollowUpScheduled));
        }

        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, (await shift.ReadAsync(followUps[0].Id)).GetProperty("followUpAt").ValueKind);
        await api.PassAsync(Shift.UntilFollowUp);

        foreach (var (texter, id) in followUps)
        {
            await shift.UntilAsync(id, ConversationState.FollowUpActive);
            await shift.UntilTextsAsync(texter, 1);
        }

        await api.PassAsync(TimeSpan.FromMinutes(5));
        Assert.All(followUps, one => Assert.Equal(["How are you today?"], shift.TextsTo(one.Texter)));
        Assert.Equal(10, await api.AskAsync<long>("select count(*) from follow_ups where affiliate_id = $1 and status = 'sent'", shift.Affiliate.Id));

        // What waits now is the end of each, if nobody answers.
        var later = (await shift.NowAsync()).AddHours(70).UtcDateTime;
        Assert.Equal(10, await api.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind = 'follow_up' and due_at > $2", shift.Affiliate.Id, later));
    }

    [Theory]
    [InlineData(ConversationState.WrapUp)]
    [InlineData(ConversationState.FollowUpScheduled)]
    [InlineData(ConversationState.FollowUpActive)]
    public async Task Who_writes_again_goes_on_with_their_responder_who_is_there(ConversationState state)
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(state);

        await shift.Affiliate.TextAsync(texter, "something has happened");

        await shift.UntilAsync(id, ConversationState.Active);
        Assert.Equal(shift.ResponderId, (await shift.ReadAsync(id)).GetProperty("responderId").GetGuid());
        Assert.Equal(1, await shift.ToldAsync(shift.ResponderId, "texter_wrote"));
        Assert.Equal("resume", (await shift.EventsAsync(id))[^1]);
        Assert.Equal(0, await api.AskAsync<long>("select count(*) from follow_ups where affiliate_id = $1 and status = 'scheduled'", shift.Affiliate.Id));
        await (await shift.Responder.PostAsync($"/api/conversations/{id}/messages", new { content = "Tell me." })).ReadAsync(201);
    }

    [Theory]
    [InlineData(ConversationState.WrapUp, "away")]
    [InlineData(ConversationState.FollowUpScheduled, "offline")]
    [InlineData(ConversationState.FollowUpActive, "away")]
    public async Task Who_writes_again_while_their_responder_is_not_there_waits_for_somebody_else(ConversationState state, string status)
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(state);
        var since = (await shift.ReadAsync(id)).GetProperty("queuedAt").GetDateTimeOffset();
        await (await shift.Responder.PutAsync("/api/presence", new { status })).ReadAsync(200);

        await shift.Affiliate.TextAsync(texter, "something has happened");

        await shift.UntilAsync(id, ConversationState.Queued);
        var queued = await shift.ReadAsync(id);
        Assert.True(queued.GetProperty("queuedAt").GetDateTimeOffset() > since);
        Assert.Equal("texter_wrote", (await shift.TimelineAsync(id))[^1].GetProperty("reason").GetString());
        Assert.Equal(id, (await (await shift.Colleague.PostAsync("/api/queue/claim")).ReadAsync(200)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Who_writes_again_while_their_responder_is_full_waits_for_somebody_else()
    {
        var shift = await Shift.BeginAsync(api, maxConcurrent: 1);
        var (texter, id) = await shift.GivenAsync(ConversationState.FollowUpScheduled);
        await shift.GivenAsync(ConversationState.Active);

        await shift.Affiliate.TextAsync(texter, "something has happened");

        await shift.UntilAsync(id, ConversationState.Queued);
        await api.PassAsync(Shift.UntilFollowUp + TimeSpan.FromMinutes(1));
        Assert.Equal("withdrawn", await api.AskAsync<string>("select status from follow_ups where affiliate_id = $1 and conversation_id = $2", shift.Affiliate.Id, id));
        Assert.DoesNotContain("How are you today?", shift.TextsTo(texter));
    }

    [Fact]
    public async Task A_follow_up_that_the_texter_was_faster_than_is_not_sent()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(ConversationState.FollowUpScheduled);
        await shift.Affiliate.TextAsync(texter, "I am early");
        await shift.UntilAsync(id, ConversationState.Active);

        await api.PassAsync(Shift.UntilFollowUp);
        await api.RunAsync(new Application.Conversations.SendFollowUp(new(shift.Affiliate.Id), new(id)));

        Assert.Equal("active", await shift.StateAsync(id));
        Assert.Empty(shift.TextsTo(texter));
    }

    [Fact]
    public async Task What_the_texter_has_just_written_is_read_before_anything_ends()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.WrapUp);

        // As it is in the moment between the text and its being taken up.
        await api.ChangeAsync("update conversations set called_at = now() where id = $1", id);

        (await shift.Responder.PostAsync($"/api/conversations/{id}/close")).Problem(409, "conversation.texter_wrote");
        (await shift.Responder.PostAsync($"/api/conversations/{id}/follow-ups", new { scheduledFor = await shift.NowAsync() + TimeSpan.FromHours(1), message = "Hi" }))
            .Problem(409, "conversation.texter_wrote");
        Assert.Equal("wrap_up", await shift.StateAsync(id));
    }

    [Fact]
    public async Task A_follow_up_that_is_due_while_a_text_is_being_taken_up_waits_for_it_and_is_not_lost()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(ConversationState.FollowUpScheduled);
        await api.ChangeAsync("update conversations set called_at = now() where id = $1", id);

        await api.PassAsync(Shift.UntilFollowUp);
        await api.RunAsync(new Application.Conversations.SendFollowUp(new(shift.Affiliate.Id), new(id)));
        Assert.Equal("follow_up_scheduled", await shift.StateAsync(id));
        await api.ChangeAsync("update conversations set called_at = null where id = $1", id);
        await api.ChangeAsync("update due_jobs set claimed_until = null where subject_id = $1", id);

        await shift.UntilAsync(id, ConversationState.FollowUpActive);
        await shift.UntilTextsAsync(texter, 1);
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(0)]
    [InlineData(400 * 24 * 3600)]
    public async Task A_follow_up_is_agreed_on_for_a_time_to_come_within_a_year(int seconds)
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.WrapUp);

        (await shift.Responder.PostAsync($"/api/conversations/{id}/follow-ups", new { scheduledFor = await shift.NowAsync() + TimeSpan.FromSeconds(seconds), message = "Hi" }))
            .Problem(400, "request.invalid");

        Assert.Equal("wrap_up", await shift.StateAsync(id));
    }
}
