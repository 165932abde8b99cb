namespace Chat.Api.Tests.Messages;

[Collection(ApiSuite.Name)]
public sealed class InboundTests(ChatApi api)
{
    [Fact]
    public async Task A_hundred_provider_ids_posted_sixteen_times_each_are_a_hundred_messages()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var calls = Enumerable.Range(0, 100).SelectMany(_ => Enumerable.Repeat((Texter: affiliate.NewTexter(), Sid: TestAffiliate.NewSid()), 16)).ToArray();
        Random.Shared.Shuffle(calls);

        var answers = await Task.WhenAll(calls.Select(call => affiliate.TextAsync(call.Texter, "hi", call.Sid)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(100, await CountAsync("messages", affiliate));
        Assert.Equal(100, await CountAsync("conversations", affiliate));
        Assert.Equal(100, await api.AskAsync<long>("select count(*) from outbox where affiliate_id = $1 and type = 'conversation.message.inbound'", affiliate.Id));
    }

    [Fact]
    public async Task Twenty_new_texters_with_twenty_parallel_first_messages_are_twenty_conversations_without_gaps()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var calls = Enumerable.Range(0, 20).SelectMany(_ => Enumerable.Repeat(affiliate.NewTexter(), 20)).ToArray();
        Random.Shared.Shuffle(calls);

        var answers = await Task.WhenAll(calls.Select(texter => affiliate.TextAsync(texter, "hi")));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        await AssertWholeAsync(affiliate, conversations: 20, messages: 400);
    }

    [Fact]
    public async Task Two_instances_that_meet_the_same_new_texters_open_one_conversation_for_each()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await using var second = api.Start();
        var calls = Enumerable.Range(0, 20).SelectMany(_ =>
        {
            var texter = affiliate.NewTexter();
            return Enumerable.Range(0, 10).Select(index => (texter, To: index % 2 == 0 ? api.Address : second.Address));
        }).ToArray();
        Random.Shared.Shuffle(calls);

        var answers = await Task.WhenAll(calls.Select(call => affiliate.TextAsync(call.texter, "hi", to: call.To)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        await AssertWholeAsync(affiliate, conversations: 20, messages: 200);
    }

    [Fact]
    public async Task A_message_that_races_with_closing_is_never_lost()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync(maxConcurrent: 50);
        for (var round = 0; round < 20; round++)
        {
            var (texter, conversation) = await affiliate.GivenWaitingAsync();
            await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
            await (await responder.PostAsync($"/api/conversations/{conversation}/start")).ReadAsync(200);

            var texting = Enumerable.Range(0, 4).Select(_ => affiliate.TextAsync(texter, "wait")).ToList();
            var closing = responder.PostAsync($"/api/conversations/{conversation}/close");

            Assert.All(await Task.WhenAll(texting), answer => Assert.Equal(200, answer.Status));
            Assert.Equal(200, (await closing).Status);
        }

        Assert.Equal(100, await CountAsync("messages", affiliate));
        Assert.Equal(0, await GapsAsync(affiliate));
    }

    [Fact]
    public async Task Words_numbers_and_names_are_stored_sealed()
    {
        var affiliate = await api.GivenAffiliateAsync();
        const string Canary = "the lighthouse keeper sings at noon";
        var (texter, conversation) = await affiliate.GivenWaitingAsync(Canary);

        Assert.Equal(Canary, (await affiliate.Admin.MessagesAsync(conversation))[0].GetProperty("content").GetString());
        foreach (var table in new[] { "messages", "texter_addresses", "texters", "conversations", "outbox", "inbox", "channels", "users", "sign_ins", "channel_addresses" })
        {
            var stored = await api.AskAsync<string>($"select coalesce(string_agg(t::text, ''), '') from {table} t where affiliate_id = $1", affiliate.Id);
            foreach (var secret in new[] { "lighthouse", texter, texter[1..], affiliate.AuthToken, $"affiliate-{affiliate.Number}", "@affiliate-" })
            {
                Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(secret)), stored, StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain("lighthouse", api.Logged, StringComparison.Ordinal);
        Assert.DoesNotContain(texter[1..], api.Logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_moved_to_another_row_is_not_opened_and_hides_no_other()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (texter, conversation) = await affiliate.GivenWaitingAsync("one");
        await affiliate.TextAsync(texter, "two");
        await affiliate.TextAsync(texter, "three");

        await api.AskAsync<long>(
            """
            with moved as (
                update messages m set content = o.content from messages o
                where m.conversation_id = $1 and o.conversation_id = $1 and m.sequence = 2 and o.sequence = 1 returning 1)
            select count(*) from moved
            """,
            conversation);

        var messages = await affiliate.Admin.MessagesAsync(conversation);
        Assert.Equal(["one", null, "three"], messages.Select(message => message.GetProperty("content").GetString()));
        Assert.Equal([false, true, false], messages.Select(message => message.GetProperty("unreadable").GetBoolean()));
    }

    [Fact]
    public async Task A_conversation_whose_key_is_gone_still_takes_what_is_said_now()
    {
        await using var database = await TestDatabase.CreateAsync();
        (string, string)[] own = [("ConnectionStrings:Chat", database.Chat), ("ConnectionStrings:ChatMigrations", database.Owner), ("ConnectionStrings:Keys", database.Keys)];
        Guid conversation, texterId;
        string texter;
        TestAffiliate affiliate;
        await using (var first = api.Start(own))
        {
            affiliate = await TestAffiliate.CreateAsync(api, first.Address);
            (texter, conversation) = await affiliate.GivenWaitingAsync("lost with its key");
            texterId = (await (await affiliate.Admin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200)).GetProperty("texterId").GetGuid();
        }

        await using (var keys = new Npgsql.NpgsqlConnection(database.Keys))
        {
            await keys.OpenAsync();
            await using var delete = new Npgsql.NpgsqlCommand("delete from keys.data_keys where owner_id in ($1, $2)", keys)
            {
                Parameters = { new() { Value = conversation }, new() { Value = texterId } },
            };
            Assert.Equal(2, await delete.ExecuteNonQueryAsync());
        }

        await using var second = api.Start(own);
        Assert.Equal(200, (await affiliate.TextAsync(texter, "said now", to: second.Address)).Status);

        var admin = new Client(second.Address, affiliate.Admin.Token);
        Assert.Equal([null, "said now"], (await admin.MessagesAsync(conversation)).Select(message => message.GetProperty("content").GetString()));
        await (await admin.GetAsync($"/api/texters/{texterId}")).ReadAsync(200);
    }

    private async Task AssertWholeAsync(TestAffiliate affiliate, int conversations, int messages)
    {
        Assert.Equal(conversations, await CountAsync("conversations", affiliate));
        Assert.Equal(conversations, await CountAsync("texters", affiliate));
        Assert.Equal(messages, await CountAsync("messages", affiliate));
        Assert.Equal(0, await GapsAsync(affiliate));
        Assert.Equal(conversations, await api.AskAsync<long>("select count(*) from outbox where affiliate_id = $1 and type = 'conversation.created'", affiliate.Id));
    }

    private Task<long> CountAsync(string table, TestAffiliate affiliate) => api.AskAsync<long>($"select count(*) from {table} where affiliate_id = $1", affiliate.Id);

    private Task<long> GapsAsync(TestAffiliate affiliate) => api.AskAsync<long>(
        """
        select (select count(*) from (
                    select from messages where affiliate_id = $1 group by conversation_id having max(sequence) <> count(*) or min(sequence) <> 1) m)
             + (select count(*) from (
                    select from outbox where affiliate_id = $1 group by subject having max(sequence) <> count(*) or min(sequence) <> 1) e)
        """,
        affiliate.Id);
}
