using Chat.Api.Tests.Administration;
using Chat.Api.Tests.Conversations;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Queue;

/// <summary>A program that gives its conversations out.</summary>
[Collection(ApiSuite.Name)]
public sealed class AssignmentTests(ChatApi api)
{
    private static readonly object Push = new { assignment = "push" };

    [Fact]
    public async Task Whoever_becomes_available_is_given_those_who_wait_longest_as_far_as_they_have_room()
    {
        var shift = await Shift.BeginAsync(api, Push, maxConcurrent: 2);
        var waiting = new List<Guid>();
        for (var index = 0; index < 4; index++)
        {
            waiting.Add((await shift.GivenAsync(ConversationState.Queued)).Id);
        }

        await AvailableAsync(shift.Responder);

        await HoldingAsync(shift, shift.ResponderId, waiting[..2]);
        Assert.Equal(2, await shift.ToldAsync(shift.ResponderId, "assigned"));
        Assert.Equal(("queued", "queued"), (await shift.StateAsync(waiting[2]), await shift.StateAsync(waiting[3])));

        await AvailableAsync(shift.Colleague);

        await HoldingAsync(shift, shift.ColleagueId, waiting[2..]);
        var given = (await shift.TimelineAsync(waiting[0]))[^1];
        Assert.Equal(("assign_responder", System.Text.Json.JsonValueKind.Null, shift.ResponderId), (given.GetProperty("event").GetString(), given.GetProperty("actorId").ValueKind, given.GetProperty("aboutId").GetGuid()));
    }

    [Fact]
    public async Task Who_holds_the_fewest_is_given_the_next_and_who_is_away_nobody()
    {
        var shift = await Shift.BeginAsync(api, Push, maxConcurrent: 3);
        await AvailableAsync(shift.Responder);
        await HoldingAsync(shift, shift.ResponderId, [(await shift.GivenAsync(ConversationState.Queued)).Id]);
        await AvailableAsync(shift.Colleague);

        var (_, second) = await shift.GivenAsync(ConversationState.Queued);

        await HoldingAsync(shift, shift.ColleagueId, [second]);
        await (await shift.Colleague.PutAsync("/api/presence", new { status = "away" })).ReadAsync(200);
        for (var index = 0; index < 3; index++)
        {
            await shift.GivenAsync(ConversationState.Queued);
        }

        await Eventually.Is(async () => await HeldAsync(shift.ResponderId) == 3, "the responder is given what they have room for");
        Assert.Equal(1, await HeldAsync(shift.ColleagueId));
    }

    [Fact]
    public async Task A_place_that_comes_free_is_taken_by_whoever_waits()
    {
        var shift = await Shift.BeginAsync(api, Push, maxConcurrent: 1);
        await AvailableAsync(shift.Responder);
        var (_, first) = await shift.GivenAsync(ConversationState.Queued);
        await HoldingAsync(shift, shift.ResponderId, [first]);
        var (_, second) = await shift.GivenAsync(ConversationState.Queued);

        await Shift.ActAsync(shift.Responder, first, "start");
        await Shift.ActAsync(shift.Responder, first, "close");

        await Eventually.Is(async () => await shift.StateAsync(second) == "assigned", "the second is given to the responder");
    }

    [Fact]
    public async Task Many_who_become_available_at_once_are_given_all_who_wait_and_no_more_than_they_may_hold()
    {
        var shift = await Shift.BeginAsync(api, Push);
        var responders = new List<(Client Client, Guid Id)>();
        for (var index = 0; index < 6; index++)
        {
            responders.Add(await shift.Affiliate.GivenResponderAsync(maxConcurrent: 2));
        }

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => shift.Affiliate.TextAsync(shift.Affiliate.NewTexter(), "hi")).Concat<Task>(responders.Select(one => AvailableAsync(one.Client))));

        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from conversations where affiliate_id = $1 and state = 'assigned'", shift.Affiliate.Id) == 12, "all are given out");
        foreach (var (_, id) in responders)
        {
            Assert.Equal(2, await HeldAsync(id));
        }
    }

    [Fact]
    public async Task A_responder_who_was_busy_for_a_moment_is_not_passed_over_for_good()
    {
        var shift = await Shift.BeginAsync(api, Push, maxConcurrent: 1);
        await AvailableAsync(shift.Responder);
        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and kind = 'assign'", shift.Affiliate.Id) == 0, "nobody waits");
        Guid waiting;
        await using (var busy = await HeldRow.TakeAsync(api, "select 1 from users where id = $1 for no key update", shift.ResponderId))
        {
            (_, waiting) = await shift.GivenAsync(ConversationState.Queued);
            await Eventually.Is(
                async () => await api.AskAsync<long>("select count(*) from conversations where id = $1 and tended_at is not null", waiting) == 1, "somebody is looked for");
            await Task.Delay(500);
            await busy.LetGoAsync();
        }

        await HoldingAsync(shift, shift.ResponderId, [waiting]);
    }

    private static async Task AvailableAsync(Client responder) => await (await responder.PutAsync("/api/presence", new { status = "available" })).ReadAsync(200);

    private Task<long> HeldAsync(Guid responder) =>
        api.AskAsync<long>("select count(*) from conversations where responder_id = $1 and state = 'assigned'", responder);

    private Task HoldingAsync(Shift shift, Guid responder, IReadOnlyList<Guid> conversations) => Eventually.Is(
        async () => (await api.AskAsync<Guid[]>(
            "select coalesce(array_agg(id order by id), '{}') from conversations where affiliate_id = $1 and responder_id = $2 and state = 'assigned'",
            shift.Affiliate.Id, responder)).SequenceEqual(conversations),
        "the responder is given exactly these");
}
