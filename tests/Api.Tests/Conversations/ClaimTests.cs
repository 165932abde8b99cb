using Chat.Api.Tests.Administration;

namespace Chat.Api.Tests.Conversations;

[Collection(ApiSuite.Name)]
public sealed class ClaimTests(ChatApi api)
{
    [Fact]
    public async Task Of_many_responders_who_claim_the_same_hundred_each_conversation_has_one_winner()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var responders = new List<Client>();
        for (var index = 0; index < 8; index++)
        {
            responders.Add((await affiliate.GivenResponderAsync(maxConcurrent: 50)).Client);
        }

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => affiliate.TextAsync(affiliate.NewTexter(), "hi")));
        var waiting = (await (await responders[0].GetAsync("/api/queue?limit=200")).ReadAsync(200)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("conversationId").GetGuid()).ToList();
        Assert.Equal(100, waiting.Count);

        var answers = await Task.WhenAll(waiting.SelectMany(conversation => responders.Select(async responder =>
            (conversation, answer: await responder.PostAsync($"/api/conversations/{conversation}/claim")))));

        Assert.All(answers.GroupBy(attempt => attempt.conversation), attempts => Assert.Single(attempts, attempt => attempt.answer.Status == 200));
        Assert.All(answers.Where(attempt => attempt.answer.Status != 200), attempt => attempt.answer.Problem(409, "conversation.already_assigned"));
        Assert.Equal(100, await api.AskAsync<long>("select count(*) from conversation_transitions where affiliate_id = $1 and transition = 'assign_responder'", affiliate.Id));
    }

    [Fact]
    public async Task Fifty_parallel_claims_at_capacity_three_take_exactly_three()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync(maxConcurrent: 3);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => affiliate.TextAsync(affiliate.NewTexter(), "hi")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => responder.PostAsync("/api/queue/claim")));

        Assert.Equal(3, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Problem(409, "responder.at_capacity"));
        Assert.Equal(3, await api.AskAsync<long>("select count(*) from conversations where affiliate_id = $1 and responder_id = $2", affiliate.Id, id));
    }

    [Fact]
    public async Task Who_is_first_is_not_passed_over_because_the_platform_is_at_work_on_their_conversation()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (_, first) = await affiliate.GivenWaitingAsync();
        var (_, second) = await affiliate.GivenWaitingAsync();
        await using var work = await HeldRow.TakeAsync(api, "select from conversations where id = $1 for no key update", first);

        var claim = responder.PostAsync("/api/queue/claim");
        while (!claim.IsCompleted
            && await api.AskAsync<long>("select count(*) from (select from conversations where id = $1 for no key update skip locked) free", second) == 1)
        {
            // It is waited for without a pause: the claim waits for the first no longer than a moment.
        }

        await work.LetGoAsync();

        Assert.Equal(first, (await (await claim).ReadAsync(200)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Who_cannot_be_had_for_long_keeps_nobody_from_the_next()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (_, first) = await affiliate.GivenWaitingAsync();
        var (_, second) = await affiliate.GivenWaitingAsync();
        await using var work = await HeldRow.TakeAsync(api, "select from conversations where id = $1 for no key update", first);

        var taken = await (await responder.PostAsync("/api/queue/claim")).ReadAsync(200);

        Assert.Equal(second, taken.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Nobody_waiting_is_no_content()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();

        Assert.Equal(204, (await responder.PostAsync("/api/queue/claim")).Status);
    }

    [Fact]
    public async Task A_responder_takes_only_from_their_programs()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var other = await affiliate.GivenProgramAsync("Other line");
        var (responder, _) = await affiliate.GivenResponderAsync(3, other);
        var (_, conversation) = await affiliate.GivenWaitingAsync();

        Assert.Equal(204, (await responder.PostAsync("/api/queue/claim")).Status);
        Assert.Empty((await (await responder.GetAsync("/api/queue")).ReadAsync(200)).GetProperty("items").EnumerateArray());
        (await responder.PostAsync($"/api/conversations/{conversation}/claim")).Problem(404, "resource.not_found");
        (await responder.GetAsync($"/api/conversations/{conversation}")).Problem(404, "resource.not_found");
        (await responder.GetAsync($"/api/conversations/{conversation}/messages")).Problem(404, "resource.not_found");
    }

    [Fact]
    public async Task Claiming_what_one_holds_already_changes_nothing()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync(maxConcurrent: 1);
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        var first = await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);

        var second = await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);

        Assert.Equal(first.GetProperty("version").GetInt64(), second.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task A_closed_conversation_cannot_be_claimed_and_says_why()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{conversation}/start")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{conversation}/close")).ReadAsync(200);

        var problem = (await responder.PostAsync($"/api/conversations/{conversation}/claim")).Problem(409, "conversation.transition_not_allowed");

        Assert.Equal("closed", problem.GetProperty("state").GetString());
        Assert.Equal("assign_responder", problem.GetProperty("transition").GetString());
    }
}
