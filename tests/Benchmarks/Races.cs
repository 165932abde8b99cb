using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace Chat.Benchmarks;

/// <summary>The races of the main job at full size; the suite runs the same at a tenth.</summary>
internal static class Races
{
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
