using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace Chat.Benchmarks;

/// <summary>The races of the main job at full size; the suite runs the same at a tenth.</summary>
internal static class Races
{
    private const int Rounds = 500;

    public static async Task RunAsync(Product product)
    {
        await using var server = new NpgsqlConnection(product.Database.Superuser);
        await server.OpenAsync();

        var ids = Enumerable.Range(0, 1000).Select(_ => "SM" + Guid.NewGuid().ToString("N")).ToList();
        var repeated = ids.SelectMany((sid, index) => Enumerable.Repeat(Webhooks.Make(product.Address, Webhooks.Texter(100_000 + index), sid: sid), 16)).ToArray();
        Random.Shared.Shuffle(repeated);
        await Webhooks.SendAsync(product.Address, repeated, 64);
        Check("1,000 ids 16 times each", await server.ExecuteScalarAsync<long>("select count(*) from messages where direction = 'inbound'"), 1000);

        var firsts = Enumerable.Range(0, 200).SelectMany(texter => Enumerable.Range(0, 20).Select(_ => Webhooks.Make(product.Address, Webhooks.Texter(200_000 + texter)))).ToArray();
        Random.Shared.Shuffle(firsts);
        await Webhooks.SendAsync(product.Address, firsts, 64);
        Check("200 new texters: conversations", await server.ExecuteScalarAsync<long>("select count(*) from conversations"), 1200);
        Check("200 new texters: messages", await server.ExecuteScalarAsync<long>("select count(*) from messages where direction = 'inbound'"), 5000);
        Check("sequences with a gap", await server.ExecuteScalarAsync<long>("""
            select count(*) from (
                select conversation_id from messages group by affiliate_id, conversation_id having max(sequence) <> count(*) or min(sequence) <> 1) gaps
            """), 0);

        var responders = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => product.AddResponderAsync($"claimer-{index}", 50)));
        var conversations = (await server.QueryAsync<Guid>("select id from conversations where state = 'queued' order by id limit 400")).ToList();
        var (won, lost, other) = (0, 0, 0);
        await Task.WhenAll(responders.Select(async responder =>
        {
            foreach (var conversation in conversations)
            {
                using var answer = await responder.PostAsJsonAsync($"/api/conversations/{conversation}/claim", new { });
                _ = answer.StatusCode switch
                {
                    HttpStatusCode.OK => Interlocked.Increment(ref won),
                    HttpStatusCode.Conflict => Interlocked.Increment(ref lost),
                    _ => Interlocked.Increment(ref other),
                };
            }
        }));
        Check("400 conversations claimed by 8 at once, each holding 50 at most: winners", won, 400);
        Check("claims that were neither won nor lost", other, 0);
        Check("conversations with a responder", await server.ExecuteScalarAsync<long>("select count(*) from conversations where responder_id is not null"), 400);
        Check("transitions taken twice", await server.ExecuteScalarAsync<long>("""
            select count(*) from (
                select from conversation_transitions where transition = 'assign_responder' group by affiliate_id, conversation_id having count(*) > 1) twice
            """), 0);

        await ClaimNextAsync(product, server, responders);
        await EndAsync(product, server);
    }

    // The rest of the thousand: taken from the front of the queue, answered and closed, so that places become free again.
    private static async Task ClaimNextAsync(Product product, NpgsqlConnection server, HttpClient[] responders)
    {
        var taken = 0;
        await Task.WhenAll(responders.Select(async responder =>
        {
            var me = (await responder.GetFromJsonAsync<JsonElement>("/api/auth/me")).GetProperty("id").GetGuid();
            foreach (var held in (await responder.GetFromJsonAsync<JsonElement>($"/api/conversations?responderId={me}&state=assigned&limit=200")).GetProperty("items").EnumerateArray())
            {
                await FinishAsync(responder, held.GetProperty("id").GetGuid());
            }

            while (true)
            {
                using var answer = await responder.PostAsJsonAsync("/api/queue/claim", new { });
                if (answer.StatusCode == HttpStatusCode.NoContent)
                {
                    return;
                }

                answer.EnsureSuccessStatusCode();
                Interlocked.Increment(ref taken);
                await FinishAsync(responder, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
            }
        }));
        Check("taken from the front of the queue by 8 at once", taken, 800);
        Check("conversations closed in all", await server.ExecuteScalarAsync<long>("select count(*) from conversations where state = 'closed'"), 1200);
        Check("conversations taken twice", await server.ExecuteScalarAsync<long>("""
            select count(*) from (
                select from conversation_transitions where transition = 'assign_responder' group by affiliate_id, conversation_id having count(*) > 1) twice
            """), 0);
        _ = product;
    }

    // A wait that runs out against a claim; a close against a text, where the responder says what they have seen and where they do not.
    private static async Task EndAsync(Product product, NpgsqlConnection server)
    {
        var responders = await Task.WhenAll(Enumerable.Range(0, 10).Select(index => product.AddResponderAsync($"ender-{index}", 50)));
        var waiting = await GivenWaitingAsync(product, server, 300_000);

        // Overdue all at once: the platform's own worker ends the waits while responders claim.
        await server.ExecuteAsync("""
            update conversations set state_since = state_since - interval '3 days' where state = 'queued';
            update messages set created_at = created_at - interval '3 days' where conversation_id in (select id from conversations where state = 'queued');
            update due_jobs set due_at = clock_timestamp(), claimed_until = null where kind = 'queue';
            """);
        var claims = await Task.WhenAll(waiting.Select(async (one, index) =>
        {
            await Task.Delay(Random.Shared.Next(1500));
            using var answer = await responders[index % responders.Length].PostAsJsonAsync($"/api/conversations/{one.Id}/claim", new { });
            return answer.StatusCode;
        }));
        await UntilAsync(server, "select count(*) from conversations where state = 'queued'", 0);
        var won = claims.Count(status => status == HttpStatusCode.OK);
        Console.WriteLine($"     {Rounds} waits that ran out while they were claimed: {won} claimed, {Rounds - won} expired");
        Check("claims that were neither won nor lost", claims.Count(status => status is not (HttpStatusCode.OK or HttpStatusCode.Conflict)), 0);
        Check("claimed and assigned", await server.ExecuteScalarAsync<long>("select count(*) from conversations where state = 'assigned'"), won);
        Check("expired", await server.ExecuteScalarAsync<long>("select count(*) from conversations where state = 'expired'"), Rounds - won);
        Check("both claimed and expired", await server.ExecuteScalarAsync<long>("""
            select count(*) from conversation_transitions e
            where e.transition = 'timeout_expire'
                and exists (select from conversation_transitions a where a.conversation_id = e.conversation_id and a.transition = 'assign_responder')
            """), 0);

        await server.ExecuteAsync("update conversations set state = 'closed', closed_at = now() where state = 'assigned'");
        foreach (var says in new[] { true, false })
        {
            await CloseAsync(product, server, responders, says);
        }
    }

    private static async Task CloseAsync(Product product, NpgsqlConnection server, HttpClient[] responders, bool saysWhatItHasSeen)
    {
        var inboundBefore = await server.ExecuteScalarAsync<long>("select count(*) from messages where direction = 'inbound'");
        var open = await GivenWaitingAsync(product, server, saysWhatItHasSeen ? 400_000 : 500_000);
        await Task.WhenAll(responders.Select(async (responder, index) =>
        {
            foreach (var one in open.Where((_, at) => at % responders.Length == index))
            {
                (await responder.PostAsJsonAsync($"/api/conversations/{one.Id}/claim", new { })).EnsureSuccessStatusCode();
                (await responder.PostAsJsonAsync($"/api/conversations/{one.Id}/start", new { })).EnsureSuccessStatusCode();
            }
        }));

        var what = saysWhatItHasSeen ? "closes that say what was seen" : "closes that do not";
        var closes = await Task.WhenAll(responders.Select(async (responder, index) =>
        {
            var statuses = new List<HttpStatusCode>();
            foreach (var one in open.Where((_, at) => at % responders.Length == index))
            {
                var text = Webhooks.SendAsync(product.Address, [Webhooks.Make(product.Address, one.Texter)], 1);
                await Task.Delay(Random.Shared.Next(8));
                using var answer = await responder.PostAsJsonAsync($"/api/conversations/{one.Id}/close", new { seenSequence = saysWhatItHasSeen ? 1 : (int?)null });
                statuses.Add(answer.StatusCode);
                await text;
            }

            return statuses;
        }));
        var closed = closes.SelectMany(statuses => statuses).Count(status => status == HttpStatusCode.OK);
        Console.WriteLine($"     {Rounds} {what}, against a text each: {closed} closed");
        Check("closes that were neither done nor refused", closes.SelectMany(statuses => statuses).Count(status => status is not (HttpStatusCode.OK or HttpStatusCode.Conflict)), 0);
        Check("texts kept", await server.ExecuteScalarAsync<long>("select count(*) from messages where direction = 'inbound'") - inboundBefore, 2 * Rounds);
        Check("sequences with a gap", await server.ExecuteScalarAsync<long>("""
            select count(*) from (
                select from messages group by affiliate_id, conversation_id having max(sequence) <> count(*) or min(sequence) <> 1) gaps
            """), 0);
        Check("texts after the end", await server.ExecuteScalarAsync<long>("""
            select count(*) from outbox o
            where o.type = 'conversation.closed'
                and exists (select from outbox later where later.subject = o.subject and later.sequence > o.sequence and later.type = 'conversation.message.inbound')
            """), 0);
        if (saysWhatItHasSeen)
        {
            Check("closed on a text that nobody had seen", await server.ExecuteScalarAsync<long>(
                "select count(*) from conversations where id = any(@Ids) and state = 'closed' and last_sequence > 1", new { Ids = open.Select(one => one.Id).ToArray() }), 0);
            Check("not closed, and the text is there", await server.ExecuteScalarAsync<long>(
                "select count(*) from conversations where id = any(@Ids) and state = 'active' and last_sequence = 2", new { Ids = open.Select(one => one.Id).ToArray() }),
                Rounds - closed);
        }
        else
        {
            Check("closed", closed, Rounds);
        }

        await server.ExecuteAsync("update conversations set state = 'closed', closed_at = now() where state in ('active', 'queued')");
    }

    // A text of each, and the conversation that it has begun.
    private static async Task<IReadOnlyList<(string Texter, Guid Id)>> GivenWaitingAsync(Product product, NpgsqlConnection server, int first)
    {
        var texters = Enumerable.Range(first, Rounds).Select(Webhooks.Texter).ToList();
        var sids = texters.Select(_ => "SM" + Guid.NewGuid().ToString("N")).ToList();
        await Webhooks.SendAsync(product.Address, [.. texters.Zip(sids, (texter, sid) => Webhooks.Make(product.Address, texter, sid: sid))], 32);
        var found = (await server.QueryAsync<(string Sid, Guid Id)>(
            "select provider_message_id, conversation_id from messages where provider_message_id = any(@sids)", new { sids = sids.ToArray() })).ToDictionary(one => one.Sid, one => one.Id);
        return [.. texters.Zip(sids, (texter, sid) => (texter, found[sid]))];
    }

    private static async Task UntilAsync(NpgsqlConnection server, string sql, long expected)
    {
        for (var tries = 0; tries < 600 && await server.ExecuteScalarAsync<long>(sql) != expected; tries++)
        {
            await Task.Delay(100);
        }
    }

    private static async Task FinishAsync(HttpClient responder, Guid conversation)
    {
        (await responder.PostAsJsonAsync($"/api/conversations/{conversation}/start", new { })).EnsureSuccessStatusCode();
        (await responder.PostAsJsonAsync($"/api/conversations/{conversation}/close", new { reason = "done" })).EnsureSuccessStatusCode();
    }

    private static void Check(string what, long found, long expected)
    {
        Console.WriteLine($"{(found == expected ? "ok  " : "FAIL")} {what}: {found} (expected {expected})");
        if (found != expected)
        {
            Environment.ExitCode = 1;
        }
    }
}
