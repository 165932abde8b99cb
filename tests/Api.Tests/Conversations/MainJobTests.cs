namespace Chat.Api.Tests.Conversations;

[Collection(ApiSuite.Name)]
public sealed class MainJobTests(ChatApi api)
{
    [Fact]
    public async Task A_texter_is_seen_taken_answered_and_the_conversation_is_closed()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await affiliate.GivenKeywordAsync("HELLO", response: "Somebody will be with you in a moment.", subProgram: "general");
        var (responder, responderId) = await affiliate.GivenResponderAsync();
        var texter = affiliate.NewTexter();

        var answer = await affiliate.TextAsync(texter, "Hello!");
        Assert.Equal(200, answer.Status);
        Assert.Equal("text/xml", answer.ContentHeaders.ContentType!.MediaType);

        var waiting = (await (await responder.GetAsync("/api/queue")).ReadAsync(200)).GetProperty("items")[0];
        Assert.Equal("twilio", waiting.GetProperty("provider").GetString());
        Assert.Equal(1, waiting.GetProperty("position").GetInt32());
        var automatic = await Eventually.Get(async () => api.Twilio.To(affiliate.AccountSid, texter).SingleOrDefault(), "the keyword's answer reaches the texter");
        Assert.Equal("Somebody will be with you in a moment.", automatic.Body);

        var claimed = await (await responder.PostAsync("/api/queue/claim")).ReadAsync(200);
        var id = claimed.GetProperty("id").GetGuid();
        Assert.Equal("assigned", claimed.GetProperty("state").GetString());
        Assert.Equal(responderId, claimed.GetProperty("responderId").GetGuid());
        Assert.Equal("general", claimed.GetProperty("subProgram").GetString());
        Assert.Equal(1, claimed.GetProperty("unanswered").GetInt32());
        Assert.Equal(["start_conversation", "return_to_queue"], claimed.GetProperty("availableTransitions").EnumerateArray().Select(name => name.GetString()));

        var sent = await (await responder.PostAsync($"/api/conversations/{id}/messages", new { content = "Hi, I'm Robin. What is going on?" })).ReadAsync(201);
        Assert.Equal("outbound", sent.GetProperty("direction").GetString());
        Assert.Equal("queued", sent.GetProperty("status").GetString());
        var delivered = await Eventually.Get(async () => api.Twilio.To(affiliate.AccountSid, texter).Skip(1).SingleOrDefault(), "the reply reaches the texter");
        Assert.Equal(("Hi, I'm Robin. What is going on?", affiliate.Number), (delivered.Body, delivered.From));
        Assert.Equal(ChatApi.PublicUrl + "/api/webhooks/twilio/status", delivered.StatusCallback);

        Assert.Equal(200, (await affiliate.StatusAsync(delivered.Sid, "delivered")).Status);
        await Eventually.Is(async () => (await responder.MessagesAsync(id))[2].GetProperty("status").GetString() == "delivered", "the reply is shown as delivered");

        await (await responder.PutAsync($"/api/conversations/{id}/tags", new { tags = new[] { "anxiety", "school" } })).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{id}/messages", new { content = "Sounds tired.", kind = "note" })).ReadAsync(201);
        var closed = await (await responder.PostAsync($"/api/conversations/{id}/close", new { reason = "resolved" })).ReadAsync(200);

        Assert.Equal("closed", closed.GetProperty("state").GetString());
        Assert.Equal(0, closed.GetProperty("unanswered").GetInt32());
        Assert.Equal(["anxiety", "school"], closed.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Empty(closed.GetProperty("availableTransitions").EnumerateArray());
        var messages = await responder.MessagesAsync(id);
        Assert.Equal([1, 2, 3, 4], messages.Select(message => message.GetProperty("sequence").GetInt32()));
        Assert.Equal(["inbound", "system", "outbound", "internal"], messages.Select(message => message.GetProperty("direction").GetString()));
        Assert.Equal("Hello!", messages[0].GetProperty("content").GetString());
        Assert.Equal(2, api.Twilio.To(affiliate.AccountSid, texter).Count);
        var events = await api.AskAsync<string[]>("select array_agg(type order by sequence) from outbox where affiliate_id = $1", affiliate.Id);
        Assert.Equal(
            [
                "conversation.assigned", "conversation.closed", "conversation.created", "conversation.message.inbound", "conversation.message.outbound",
                "conversation.tag.updated", "conversation.updated", "message.status.changed",
            ],
            events.Distinct().Order());
        Assert.Equal(
            Enumerable.Range(1, events.Length).Select(number => (long)number),
            await api.AskAsync<long[]>("select array_agg(sequence order by sequence) from outbox where affiliate_id = $1", affiliate.Id));
    }

    [Fact]
    public async Task A_message_after_closing_opens_a_new_conversation_of_the_same_texter()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (texter, first) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{first}/claim")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{first}/start")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{first}/close")).ReadAsync(200);

        await affiliate.TextAsync(texter, "me again");

        var second = (await (await responder.GetAsync("/api/queue")).ReadAsync(200)).GetProperty("items")[0].GetProperty("conversationId").GetGuid();
        Assert.NotEqual(first, second);
        var earlier = await (await affiliate.Admin.GetAsync($"/api/conversations/{first}")).ReadAsync(200);
        var later = await (await affiliate.Admin.GetAsync($"/api/conversations/{second}")).ReadAsync(200);
        Assert.Equal(earlier.GetProperty("texterId").GetGuid(), later.GetProperty("texterId").GetGuid());
        Assert.Equal(1, later.GetProperty("lastSequence").GetInt32());
        var shown = await (await responder.GetAsync($"/api/texters/{later.GetProperty("texterId").GetGuid()}")).ReadAsync(200);
        Assert.Equal(2, shown.GetProperty("conversationCount").GetInt32());
        Assert.DoesNotContain(texter, shown.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("•" + texter[^2..], shown.GetProperty("addresses")[0].GetProperty("masked").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_longest_is_first_and_pages_go_on_where_they_ended()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var waiting = new List<Guid>();
        for (var index = 0; index < 5; index++)
        {
            waiting.Add((await affiliate.GivenWaitingAsync()).Conversation);
        }

        var first = await (await responder.GetAsync("/api/queue?limit=3")).ReadAsync(200);
        var rest = await (await responder.GetAsync($"/api/queue?limit=3&cursor={first.GetProperty("nextCursor").GetString()}")).ReadAsync(200);

        var seen = first.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).ToList();
        Assert.Equal(waiting, seen.Select(item => item.GetProperty("conversationId").GetGuid()));
        Assert.Equal([1, 2, 3, 4, 5], seen.Select(item => item.GetProperty("position").GetInt32()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, rest.GetProperty("nextCursor").ValueKind);
    }
}
