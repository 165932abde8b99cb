using Chat.Application.Conversations;
using Chat.Domain.Conversations;

namespace Chat.Api.Tests.Conversations;

/// <summary>Two things at the same moment: one of them happens, and nothing is lost. The benchmarks' races run the first three 500 times.</summary>
[Collection(ApiSuite.Name)]
public sealed class RaceTests(ChatApi api)
{
    private const int Rounds = 50;

    [Fact]
    public async Task A_wait_that_runs_out_while_somebody_takes_the_texter_ends_one_way()
    {
        var shift = await Shift.BeginAsync(api, maxConcurrent: 50);
        var waiting = await GivenManyAsync(shift, ConversationState.Queued);
        await OverdueAsync(shift);

        var answers = await Task.WhenAll(waiting.Select(async one =>
        {
            var claim = shift.Responder.PostAsync($"/api/conversations/{one.Id}/claim");
            var timeOut = api.RunAsync(new TendQueue(new(shift.Affiliate.Id), new(one.Id)));
            await Task.WhenAll(claim, timeOut);
            return (one.Texter, one.Id, Claim: await claim);
        }));

        foreach (var (texter, id, claim) in answers)
        {
            var events = await shift.EventsAsync(id);
            if (claim.Status == 200)
            {
                Assert.Equal(["route_message", "assign_responder"], events);
                Assert.Equal("assigned", await shift.StateAsync(id));
            }
            else
            {
                claim.Problem(409, "conversation.transition_not_allowed");
                Assert.Equal(["route_message", "timeout_expire"], events);
                await shift.UntilTextsAsync(texter, 1);
            }
        }
    }

    [Fact]
    public async Task What_the_texter_writes_while_the_conversation_is_closed_stands_in_one_conversation()
    {
        var shift = await Shift.BeginAsync(api, maxConcurrent: 50);
        var open = await GivenManyAsync(shift, ConversationState.Active);

        await Task.WhenAll(open.Select(one => Task.WhenAll(
            shift.Responder.PostAsync($"/api/conversations/{one.Id}/close"), shift.Affiliate.TextAsync(one.Texter, "one more thing"))));

        Assert.All(open, one => Assert.Equal("closed", shift.StateAsync(one.Id).Result));
        await RequireNothingLostAsync(shift);

        // What got in was there before the end: the end is the last that was said of the conversation.
        Assert.Equal(0, await api.AskAsync<long>(
            """
            select count(*) from outbox o where affiliate_id = $1 and type = 'conversation.closed'
                and exists (select from outbox later where later.affiliate_id = $1 and later.subject = o.subject and later.sequence > o.sequence)
            """,
            shift.Affiliate.Id));
    }

    [Fact]
    public async Task A_responder_who_says_what_they_have_seen_closes_on_nothing_unseen()
    {
        var shift = await Shift.BeginAsync(api, maxConcurrent: 50);
        var open = await GivenManyAsync(shift, ConversationState.Active);

        var answers = await Task.WhenAll(open.Select(async one =>
        {
            var close = shift.Responder.PostAsync($"/api/conversations/{one.Id}/close", new { seenSequence = 1 });
            await Task.WhenAll(close, shift.Affiliate.TextAsync(one.Texter, "one more thing"));
            return (one.Id, Close: await close);
        }));

        foreach (var (id, close) in answers)
        {
            var heard = (await shift.Affiliate.Admin.MessagesAsync(id)).Count;
            if (close.Status == 200)
            {
                Assert.Equal(("closed", 1), (await shift.StateAsync(id), heard));
            }
            else
            {
                close.Problem(409, "conversation.texter_wrote");
                Assert.Equal(("active", 2), (await shift.StateAsync(id), heard));
            }
        }

        await RequireNothingLostAsync(shift);
    }

    [Fact]
    public async Task A_transfer_offered_to_the_program_is_accepted_once()
    {
        var shift = await Shift.BeginAsync(api);
        var (third, thirdId) = await shift.Affiliate.GivenResponderAsync(50);
        for (var round = 0; round < 20; round++)
        {
            var (_, id) = await shift.GivenAsync(ConversationState.Active);
            await Shift.ActAsync(shift.Responder, id, "transfer", new { note = "Who can?" });

            var answers = await Task.WhenAll(
                shift.Colleague.PostAsync($"/api/conversations/{id}/accept-transfer"), third.PostAsync($"/api/conversations/{id}/accept-transfer"));

            Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
            answers.Single(answer => answer.Status == 409).Problem(409, "conversation.transition_not_allowed");
            var holder = (await shift.ReadAsync(id)).GetProperty("responderId").GetGuid();
            Assert.Equal(answers[0].Status == 200 ? shift.ColleagueId : thirdId, holder);
            Assert.Equal(1, (await shift.EventsAsync(id)).Count(name => name == "accept_transfer"));
        }
    }

    [Fact]
    public async Task A_texter_who_comes_back_and_a_claim_do_not_share_a_responders_last_place()
    {
        var shift = await Shift.BeginAsync(api);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            var (responder, id) = await shift.Affiliate.GivenResponderAsync(maxConcurrent: 1);
            var (texter, back) = await WaitingAsync(shift.Affiliate);
            await Shift.ActAsync(responder, back, "claim");
            await Shift.ActAsync(responder, back, "start");
            await Shift.ActAsync(responder, back, "wrap-up");
            await Shift.ActAsync(responder, back, "follow-ups", new { scheduledFor = DateTimeOffset.UtcNow.AddDays(1), message = "How are you?" });
            var (_, waiting) = await WaitingAsync(shift.Affiliate);

            var claim = responder.PostAsync($"/api/conversations/{waiting}/claim");
            await Task.WhenAll(claim, shift.Affiliate.TextAsync(texter, "I am back"));

            await Eventually.Is(async () => await shift.StateAsync(back) is "active" or "queued", "the texter is taken up");
            Assert.Equal(1, await api.AskAsync<long>("select count(*) from conversations where affiliate_id = $1 and responder_id = $2", shift.Affiliate.Id, id));
            Assert.Equal((await claim).Status == 200 ? "queued" : "active", await shift.StateAsync(back));
        }));
    }

    [Fact]
    public async Task Whatever_is_tried_at_once_the_history_is_one()
    {
        var shift = await Shift.BeginAsync(api);
        var (texter, id) = await shift.GivenAsync(ConversationState.Active);
        (Client By, string Act, object? Body)[] acts =
        [
            (shift.Responder, "transfer", new { toResponderId = shift.ColleagueId, note = "Please." }), (shift.Responder, "transfer", new { note = "Anybody?" }),
            (shift.Colleague, "accept-transfer", null), (shift.Colleague, "decline-transfer", null), (shift.Responder, "cancel-transfer", null),
            (shift.Colleague, "transfer", new { toResponderId = shift.ResponderId, note = "Back to you." }), (shift.Responder, "accept-transfer", null),
            (shift.Responder, "escalate", new { type = "medical", urgency = "high" }), (shift.Responder, "resolve-escalation", new { outcome = "safe" }),
            (shift.Colleague, "escalate", new { type = "police", urgency = "high" }), (shift.Colleague, "resolve-escalation", new { outcome = "safe" }),
            (shift.Responder, "wrap-up", null), (shift.Supervisor, "return-to-queue", new { note = "Let me sort this." }),
            (shift.Responder, "claim", null), (shift.Colleague, "claim", null), (shift.Responder, "start", null), (shift.Colleague, "start", null),
            (shift.Responder, "messages", new { content = "I am here." }), (shift.Supervisor, "messages", new { content = "Well done.", kind = "note" }),
        ];

        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(acts.Select(act => act.By.PostAsync($"/api/conversations/{id}/{act.Act}", act.Body))
                .Append(shift.Affiliate.TextAsync(texter, $"text {round}")));
            Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 201, 403, 404, 409 }));
        }

        var steps = (await shift.TimelineAsync(id)).Where(entry => entry.GetProperty("kind").GetString() == "transition").ToList();
        Assert.Equal("new", steps[0].GetProperty("fromState").GetString());
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.GetProperty("toState").GetString(), pair.Second.GetProperty("fromState").GetString()));
        var now = await shift.ReadAsync(id);
        Assert.Equal(now.GetProperty("state").GetString(), steps[^1].GetProperty("toState").GetString());
        Assert.Equal(now.GetProperty("version").GetInt64(), steps.Count + 1);
        Assert.Equal(
            Enumerable.Range(2, steps.Count).Select(version => (long)version),
            await api.AskAsync<long[]>("select array_agg(version order by version) from conversation_transitions where conversation_id = $1", id));
        Assert.Equal(
            Enumerable.Range(1, now.GetProperty("lastSequence").GetInt32()),
            (await shift.Affiliate.Admin.MessagesAsync(id)).Select(message => message.GetProperty("sequence").GetInt32()));
    }

    [Fact]
    public async Task What_was_done_by_a_clock_that_lags_behind_still_stands_in_its_place()
    {
        var shift = await Shift.BeginAsync(api);
        var (_, id) = await shift.GivenAsync(ConversationState.WrapUp);

        // As another machine's clock would have it.
        await api.ChangeAsync(
            "update conversation_transitions set at = at - interval '10 seconds' where conversation_id = $1 and transition = 'start_conversation'", id);

        Assert.Equal(["route_message", "assign_responder", "start_conversation", "begin_wrap_up"], await shift.EventsAsync(id));
    }

    private async Task<IReadOnlyList<(string Texter, Guid Id)>> GivenManyAsync(Shift shift, ConversationState state) =>
        await Task.WhenAll(Enumerable.Range(0, Rounds).Select(async _ =>
        {
            var one = await WaitingAsync(shift.Affiliate);
            if (state == ConversationState.Active)
            {
                await Shift.ActAsync(shift.Responder, one.Id, "claim");
                await Shift.ActAsync(shift.Responder, one.Id, "start");
            }

            return one;
        }));

    // By the texter and not by what is newest: others begin at the same time.
    private async Task<(string Texter, Guid Id)> WaitingAsync(TestAffiliate affiliate)
    {
        var (texter, sid) = (affiliate.NewTexter(), TestAffiliate.NewSid());
        await affiliate.TextAsync(texter, "hi", sid);
        return (texter, await api.AskAsync<Guid>("select conversation_id from messages where affiliate_id = $1 and provider_message_id = $2", affiliate.Id, sid));
    }

    // They have waited for longer than they may.
    private async Task OverdueAsync(Shift shift) => await api.ChangeAsync(
        """
        with c as (update conversations set state_since = state_since - interval '1 day' where affiliate_id = $1),
             m as (update messages set created_at = created_at - interval '1 day' where affiliate_id = $1)
        update due_jobs set due_at = now() where affiliate_id = $1 and kind = 'queue'
        """,
        shift.Affiliate.Id);

    // Two texts of each, every one in one conversation, under numbers without a gap; whoever was not heard waits.
    private async Task RequireNothingLostAsync(Shift shift)
    {
        var affiliate = shift.Affiliate.Id;
        Assert.Equal(2 * Rounds, await api.AskAsync<long>(
            "select count(distinct provider_message_id) from messages where affiliate_id = $1 and direction = 'inbound'", affiliate));
        Assert.Equal(2 * Rounds, await api.AskAsync<long>("select count(*) from messages where affiliate_id = $1 and direction = 'inbound'", affiliate));
        Assert.Equal(0, await api.AskAsync<long>(
            """
            select count(*) from (
                select from messages where affiliate_id = $1 group by conversation_id having max(sequence) <> count(*) or min(sequence) <> 1) gaps
            """,
            affiliate));
        Assert.Equal(0, await api.AskAsync<long>(
            """
            select count(*) from conversations c
            where c.affiliate_id = $1 and c.last_sequence <> (select count(*) from messages m where m.affiliate_id = $1 and m.conversation_id = c.id)
            """,
            affiliate));
        Assert.Equal(0, await api.AskAsync<long>(
            "select count(*) from conversations where affiliate_id = $1 and responder_id is null and state <> 'queued'", affiliate));
    }
}
