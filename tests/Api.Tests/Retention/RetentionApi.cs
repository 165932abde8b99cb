using Dapper;
using Npgsql;

namespace Chat.Api.Tests.Retention;

/// <summary>An API of its own, for tests that let days pass: what others leave behind would have had its time too.</summary>
public sealed class RetentionApi : ChatApi
{
    protected override IReadOnlyDictionary<string, string> OwnSettings { get; } = new Dictionary<string, string> { ["Testing:Enabled"] = "true" };

    public async Task PassAsync(TimeSpan time) =>
        await (await Anonymous.PostAsync("/api/testing/clock", new { advanceSeconds = (long)time.TotalSeconds })).ReadAsync(200);

    /// <summary>An affiliate that keeps what was said for a day, with a responder.</summary>
    public async Task<(TestAffiliate Affiliate, Client Responder)> GivenForgetfulAsync()
    {
        var affiliate = await GivenAffiliateAsync();
        await ForgetAfterAsync(affiliate, days: 1);
        var (responder, _) = await affiliate.GivenResponderAsync(50);
        return (affiliate, responder);
    }

    public async Task ForgetAfterAsync(TestAffiliate affiliate, int days)
    {
        var found = await Platform.GetAsync($"/api/affiliates/{affiliate.Id}");
        var name = (await found.ReadAsync(200)).GetProperty("name").GetString();
        await (await Platform.PutAsync($"/api/affiliates/{affiliate.Id}", new { name, dataRetentionDays = days }, ("If-Match", found.ETag!))).ReadAsync(200);
    }

    /// <summary>A conversation that has been had: texted, answered, noted and closed.</summary>
    public static async Task<(string Number, Guid Texter, Guid Id)> GivenClosedAsync(TestAffiliate affiliate, Client responder, string said = "I cannot sleep any more")
    {
        var (number, id) = await affiliate.GivenWaitingAsync(said);
        await (await responder.PostAsync($"/api/conversations/{id}/claim")).ReadAsync(200);
        var texter = await AnswerAndCloseAsync(responder, id);
        return (number, texter, id);
    }

    /// <summary>A partner who wants to be told of everything, and is never reached.</summary>
    public static async Task GivenWebhookAsync(TestAffiliate affiliate) =>
        await (await affiliate.Admin.PostAsync("/api/admin/webhooks", new { url = "https://10.0.0.1/hook", eventTypes = new[] { "*" } })).ReadAsync(201);

    public static async Task<Guid> AnswerAndCloseAsync(Client responder, Guid id)
    {
        await (await responder.PostAsync($"/api/conversations/{id}/messages", new { content = "Tell me about the nights." })).ReadAsync(201);
        await (await responder.PostAsync($"/api/conversations/{id}/messages", new { content = "Sounds tired.", kind = "note" })).ReadAsync(201);
        var closed = await (await responder.PostAsync($"/api/conversations/{id}/close", new { reason = "resolved" })).ReadAsync(200);
        return closed.GetProperty("texterId").GetGuid();
    }

    /// <summary>Looks into the key store.</summary>
    public async Task<T> AskKeysAsync<T>(string sql, object parameters)
    {
        await using var connection = new NpgsqlConnection(Database.Keys);
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    /// <summary>Which tables still name one of these, in any column of ids.</summary>
    public async Task<IReadOnlyList<string>> TablesThatNameAsync(params Guid[] owners)
    {
        const string columns = """
            select c.table_name, c.column_name
            from information_schema.columns c
            join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
            where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'uuid'
                and c.table_name not in ('erasures', 'outbox')
            """;

        await using var connection = new NpgsqlConnection(Database.Superuser);
        var found = new List<string>();
        foreach (var (table, column) in await connection.QueryAsync<(string, string)>(columns))
        {
            if (await connection.ExecuteScalarAsync<bool>($"select exists (select from {table} where {column} = any(@owners))", new { owners }))
            {
                found.Add($"{table}.{column}");
            }
        }

        return found;
    }
}

[CollectionDefinition(Name)]
public sealed class RetentionSuite : ICollectionFixture<RetentionApi>
{
    public const string Name = "The API and what it forgets";
}
