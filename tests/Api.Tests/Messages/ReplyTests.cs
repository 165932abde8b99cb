using Microsoft.AspNetCore.Http;

namespace Chat.Api.Tests.Messages;

[Collection(ApiSuite.Name)]
public sealed class ReplyTests(ChatApi api)
{
    [Fact]
    public async Task The_same_client_message_id_is_sent_once()
    {
        var (affiliate, responder, texter, conversation) = await GivenHeldAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "one", clientMessageId = "c-1" })));

        Assert.Single(answers.Select(answer => answer.Json.GetProperty("id").GetGuid()).Distinct());
        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Count == 1, "it is sent");
        Assert.Equal(2, (await responder.MessagesAsync(conversation)).Count);
    }

    [Fact]
    public async Task The_same_idempotency_key_is_answered_as_before_and_refused_with_another_body()
    {
        var (affiliate, responder, _, conversation) = await GivenHeldAsync();
        var path = $"/api/conversations/{conversation}/messages";
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => responder.PostAsync(path, new { content = "one" }, key)));

        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal(2, (await responder.MessagesAsync(conversation)).Count);
        (await responder.PostAsync(path, new { content = "two" }, key)).Problem(422, "idempotency.key_reused");
        (await responder.PostAsync(path, new { content = "one" }, ("Idempotency-Key", new string('x', 300)))).Problem(400, "request.invalid");
        Assert.DoesNotContain("one", await api.AskAsync<string>("select string_agg(encode(answer, 'escape'), '') from idempotency_keys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replies_reach_the_texter_in_their_order_also_when_the_provider_was_away()
    {
        var (affiliate, responder, texter, conversation) = await GivenHeldAsync();
        api.Twilio.Next(affiliate.AccountSid, context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.FromResult(true);
        });

        foreach (var text in new[] { "first", "second", "third" })
        {
            await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = text })).ReadAsync(201);
        }

        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Count == 3, "all are sent");
        Assert.Equal(["first", "second", "third"], api.Twilio.To(affiliate.AccountSid, texter).Select(sent => sent.Body));
        Assert.Equal(0, await api.AskAsync<long>("select count(*) from deliveries where affiliate_id = $1", affiliate.Id));
    }

    [Fact]
    public async Task A_message_that_the_provider_refuses_is_shown_as_failed_with_the_reason()
    {
        var (affiliate, responder, _, conversation) = await GivenHeldAsync();
        api.Twilio.Refuse(affiliate.AccountSid, 400, 21614);

        await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "hi" })).ReadAsync(201);

        var failed = await Eventually.Get<object>(async () => (await LastAsync(affiliate, responder, conversation)).GetProperty("status").GetString() == "failed" ? new object() : null, "it is shown as failed");
        Assert.NotNull(failed);
        Assert.Equal("twilio.21614", (await LastAsync(affiliate, responder, conversation)).GetProperty("errorCode").GetString());
        Assert.Contains("message.status.changed", await api.AskAsync<string[]>("select array_agg(type) from outbox where affiliate_id = $1", affiliate.Id));
    }

    [Fact]
    public async Task A_texter_who_has_stopped_at_the_provider_is_written_to_no_more_until_they_start_again()
    {
        var (affiliate, responder, texter, conversation) = await GivenHeldAsync();
        api.Twilio.Refuse(affiliate.AccountSid, 400, 21610);
        await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "hi" })).ReadAsync(201);
        await Eventually.Is(async () => (await LastAsync(affiliate, responder, conversation)).GetProperty("status").GetString() == "failed", "it fails");

        (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "still there?" })).Problem(409, "texter.stopped");
        var shown = await (await responder.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200);
        Assert.True((await (await responder.GetAsync($"/api/texters/{shown.GetProperty("texterId").GetGuid()}")).ReadAsync(200)).GetProperty("stopped").GetBoolean());

        Assert.Equal(200, (await affiliate.TextAsync(texter, "start")).Status);
        await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "good to read you" })).ReadAsync(201);
        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Any(sent => sent.Body == "good to read you"), "it is sent");
    }

    [Fact]
    public async Task Statuses_come_late_twice_and_out_of_order_and_only_ever_move_on()
    {
        var (affiliate, responder, texter, conversation) = await GivenHeldAsync();
        await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "hi" })).ReadAsync(201);
        var sent = await Eventually.Get(async () => api.Twilio.To(affiliate.AccountSid, texter).SingleOrDefault(), "it is sent");

        foreach (var status in new[] { "delivered", "sent", "delivered", "queued", "failed", "accepted" })
        {
            Assert.Equal(200, (await affiliate.StatusAsync(sent.Sid, status)).Status);
        }

        await Eventually.Is(async () => (await LastAsync(affiliate, responder, conversation)).GetProperty("status").GetString() == "delivered", "delivered it stays");
        await affiliate.StatusAsync(sent.Sid, "read");
        Assert.Equal("read", (await LastAsync(affiliate, responder, conversation)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_status_that_comes_before_the_answer_to_the_send_waits_for_it()
    {
        var (affiliate, responder, _, conversation) = await GivenHeldAsync();
        var sid = TestAffiliate.NewSid();
        api.Twilio.Next(affiliate.AccountSid, async context =>
        {
            Assert.Equal(200, (await affiliate.StatusAsync(sid, "delivered")).Status);
            context.Response.StatusCode = StatusCodes.Status201Created;
            await context.Response.WriteAsJsonAsync(new { sid, status = "queued" });
            return true;
        });

        await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "hi" })).ReadAsync(201);

        await Eventually.Is(async () => (await LastAsync(affiliate, responder, conversation)).GetProperty("status").GetString() == "delivered", "the early status counts");
    }

    [Fact]
    public async Task Statuses_and_replies_of_one_conversation_at_once_are_all_taken()
    {
        var (affiliate, responder, texter, conversation) = await GivenHeldAsync();
        for (var index = 0; index < 12; index++)
        {
            await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = $"reply {index}" })).ReadAsync(201);
        }

        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Count == 12, "all are sent");
        var statuses = api.Twilio.To(affiliate.AccountSid, texter).Select(sent => affiliate.StatusAsync(sent.Sid, "delivered"));
        var replies = Enumerable.Range(0, 6).Select(index => responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = $"more {index}" }));

        Assert.All(await Task.WhenAll(statuses), answer => Assert.Equal(200, answer.Status));
        Assert.All(await Task.WhenAll(replies), answer => Assert.Equal(201, answer.Status));
        Assert.Equal(12, await api.AskAsync<long>("select count(*) from messages where affiliate_id = $1 and status = 'delivered'", affiliate.Id));
    }

    [Fact]
    public async Task An_opt_out_that_is_reported_before_the_answer_to_the_send_counts()
    {
        var (affiliate, responder, _, conversation) = await GivenHeldAsync();
        var sid = TestAffiliate.NewSid();
        api.Twilio.Next(affiliate.AccountSid, async context =>
        {
            Assert.Equal(200, (await affiliate.StatusAsync(sid, "failed", "21610")).Status);
            context.Response.StatusCode = StatusCodes.Status201Created;
            await context.Response.WriteAsJsonAsync(new { sid, status = "queued" });
            return true;
        });

        await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "hi" })).ReadAsync(201);

        await Eventually.Is(async () => (await LastAsync(affiliate, responder, conversation)).GetProperty("status").GetString() == "failed", "it has failed");
        (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "still there?" })).Problem(409, "texter.stopped");
    }

    [Fact]
    public async Task A_client_message_id_is_the_senders_own_and_names_one_message()
    {
        var (affiliate, responder, texter, conversation) = await GivenHeldAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        var path = $"/api/conversations/{conversation}/messages";
        await (await supervisor.PostAsync(path, new { content = "well done", kind = "note", clientMessageId = "1" })).ReadAsync(201);

        var reply = await (await responder.PostAsync(path, new { content = "I am here", clientMessageId = "1" })).ReadAsync(201);

        Assert.Equal("I am here", reply.GetProperty("content").GetString());
        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Count == 1, "it is sent");
        (await responder.PostAsync(path, new { content = "something else", clientMessageId = "1" })).Problem(409, "message.client_id_reused");
        (await responder.PostAsync(path, new { content = "I am here", kind = "note", clientMessageId = "1" })).Problem(409, "message.client_id_reused");
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_is_shown_as_failed_and_holds_up_no_other()
    {
        var (affiliate, responder, texter, conversation) = await GivenHeldAsync();
        await api.AskAsync<long>(
            "with gone as (update messages set content = '\\x00' where affiliate_id = $1 returning 1) select count(*) from gone", affiliate.Id);
        api.Twilio.Next(affiliate.AccountSid, async context =>
        {
            // While the first is under way, the second's text is damaged in storage.
            await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "damaged" })).ReadAsync(201);
            await api.AskAsync<long>(
                "with gone as (update messages set content = '\\x00' where affiliate_id = $1 and sequence = 3 returning 1) select count(*) from gone", affiliate.Id);
            return false;
        });

        await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "first" })).ReadAsync(201);
        await Eventually.Is(async () => (await responder.MessagesAsync(conversation)) is [_, _, var third] && third.GetProperty("status").GetString() == "failed", "the damaged one has failed");
        await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "after it" })).ReadAsync(201);

        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Select(sent => sent.Body).SequenceEqual(["first", "after it"]), "the others go out");
    }

    [Fact]
    public async Task An_instance_that_is_told_to_stop_sees_through_what_it_has_handed_over_and_nothing_is_sent_twice()
    {
        await using var database = await TestDatabase.CreateAsync();
        (string, string)[] own = [("ConnectionStrings:Chat", database.Chat), ("ConnectionStrings:ChatMigrations", database.Owner), ("ConnectionStrings:Keys", database.Keys)];
        var first = api.Start(own);
        var affiliate = await TestAffiliate.CreateAsync(api, first.Address);
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (texter, conversation) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
        var asked = new TaskCompletionSource();
        api.Twilio.Next(affiliate.AccountSid, async _ =>
        {
            asked.TrySetResult();
            await Task.Delay(2000);
            return false;
        });

        await (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "in flight" })).ReadAsync(201);
        await asked.Task;
        await first.DisposeAsync();
        await using var second = api.Start(own);

        await Task.Delay(1500);
        Assert.Single(api.Twilio.To(affiliate.AccountSid, texter));
    }

    [Theory]
    [InlineData("", "content")]
    [InlineData("   \n\t ", "content")]
    [InlineData("\u200b", "content")]
    public async Task A_reply_that_says_nothing_is_refused(string content, string field)
    {
        var (_, responder, _, conversation) = await GivenHeldAsync();

        var problem = (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content })).Problem(400, "request.invalid");

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_reply_has_at_most_1600_characters_and_a_note_16000()
    {
        var (_, responder, _, conversation) = await GivenHeldAsync();
        var path = $"/api/conversations/{conversation}/messages";

        (await responder.PostAsync(path, new { content = new string('x', 1601) })).Problem(400, "request.invalid");
        await (await responder.PostAsync(path, new { content = new string('x', 1600) })).ReadAsync(201);
        await (await responder.PostAsync(path, new { content = new string('x', 16_000), kind = "note" })).ReadAsync(201);
        (await responder.PostAsync(path, new { content = new string('x', 16_001), kind = "note" })).Problem(400, "request.invalid");
        (await responder.PostAsync(path, new { content = "x", kind = "shout" })).Problem(400, "request.invalid");
    }

    [Fact]
    public async Task Who_waits_cannot_be_answered_before_somebody_takes_them()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (_, conversation) = await affiliate.GivenWaitingAsync();

        var problem = (await responder.PostAsync($"/api/conversations/{conversation}/messages", new { content = "hi" })).Problem(409, "conversation.transition_not_allowed");

        Assert.Equal("queued", problem.GetProperty("state").GetString());
        Assert.Single(await responder.MessagesAsync(conversation));
    }

    private static async Task<System.Text.Json.JsonElement> LastAsync(TestAffiliate affiliate, Client by, Guid conversation) =>
        (await by.MessagesAsync(conversation)).Last(message => message.GetProperty("direction").GetString() == "outbound");

    private async Task<(TestAffiliate Affiliate, Client Responder, string Texter, Guid Conversation)> GivenHeldAsync()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (texter, conversation) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
        return (affiliate, responder, texter, conversation);
    }
}
