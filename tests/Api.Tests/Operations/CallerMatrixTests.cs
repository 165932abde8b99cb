using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chat.Api.Tests.Operations;

/// <summary>
/// Every operation of the OpenAPI document, every kind of caller, ids of one's own, of nobody and of another affiliate. Who may call what
/// is the table below: an operation without a row fails, and so does a row without an operation.
/// </summary>
[Collection(ApiSuite.Name)]
public sealed partial class CallerMatrixTests(ChatApi api)
{
    // Anybody: also who has not signed in.
    private const string Anybody = "anybody";
    private const string Reads = "conversations_read";
    private const string Configures = "configuration";
    private const string Calls = "webhooks";
    private static readonly string[] Kinds = [Anybody, "responder", "supervisor", "admin", "platform", Reads, Configures, Calls];

    /// <summary>By operation id, who is let as far as the operation itself.</summary>
    private static readonly Dictionary<string, string[]> May = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Operations", "callers.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
        .ToDictionary(row => row[0], row => row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task Every_operation_has_its_row_and_every_row_its_operation()
    {
        var operations = (await OperationsAsync()).Select(operation => operation.Id).ToHashSet();

        Assert.Empty(operations.Except(May.Keys));
        Assert.Empty(May.Keys.Except(operations));
        Assert.All(May.Values, callers => Assert.Subset(Kinds.ToHashSet(), callers.ToHashSet()));
    }

    [Fact]
    public async Task Who_may_not_call_an_operation_is_refused_before_anything_else()
    {
        var wrong = new List<string>();
        var affiliate = await api.GivenAffiliateAsync();
        foreach (var (kind, caller) in await CallersAsync(affiliate))
        {
            foreach (var operation in await OperationsAsync())
            {
                if (IsOver(operation, kind))
                {
                    continue;
                }

                var answer = await CallAsync(caller, operation, _ => Guid.NewGuid());
                var isLetIn = answer.Status is not (401 or 403) || IsOfItsOwn(answer);
                if (isLetIn != (May[operation.Id].Contains(kind) || May[operation.Id].Contains(Anybody)))
                {
                    wrong.Add($"{operation.Id} by {kind}: {answer.Status}");
                }
                else if (!isLetIn && answer.Status != (kind == Anybody ? 401 : 403))
                {
                    wrong.Add($"{operation.Id} by {kind}: {answer.Status} {answer.Text}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task An_id_of_another_affiliate_answers_as_one_that_does_not_exist_and_nothing_changes_there()
    {
        var wrong = new List<string>();
        var (own, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var theirs = await GivenEverythingAsync(other);
        var before = await StoredAsync(other);
        var tried = 0;

        foreach (var (kind, caller) in (await CallersAsync(own)).Where(caller => caller.Key is not (Anybody or "platform")))
        {
            foreach (var operation in (await OperationsAsync()).Where(operation => operation.Path.Contains('{') && !IsOver(operation, kind)))
            {
                var foreign = await CallAsync(caller, operation, name => IdOf(theirs, operation.Path, name));
                var unknown = await CallAsync(caller, operation, _ => Guid.NewGuid());
                tried++;
                if (foreign.Status != unknown.Status || Plain(foreign.Text) != Plain(unknown.Text) || foreign.Status is >= 200 and < 300)
                {
                    wrong.Add($"{operation.Id} by {kind}: {foreign.Status} {foreign.Text} and {unknown.Status} {unknown.Text}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.Equal(before, await StoredAsync(other));
        Assert.InRange(tried, 200, 10_000);
    }

    [Fact]
    public async Task An_id_of_another_affiliate_in_a_query_is_of_no_use()
    {
        var wrong = new List<string>();
        var (own, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var theirs = await GivenEverythingAsync(other);
        var before = await StoredAsync(other);
        var queries = (await OperationsAsync()).Where(operation => operation is { Method: "GET" } && !operation.Path.Contains('{') && operation.Ids.Count > 0).ToList();

        foreach (var (kind, caller) in (await CallersAsync(own)).Where(caller => caller.Key is not (Anybody or "platform")))
        {
            foreach (var operation in queries.Where(operation => !IsOver(operation, kind)))
            {
                foreach (var name in operation.Ids)
                {
                    var foreign = await caller.GetAsync($"{operation.Path}?{name}={IdOf(theirs, operation.Path, name)}");
                    var unknown = await caller.GetAsync($"{operation.Path}?{name}={Guid.NewGuid()}");
                    if (foreign.Status != unknown.Status || Plain(foreign.Text) != Plain(unknown.Text))
                    {
                        wrong.Add($"{operation.Id}?{name} by {kind}: {foreign.Status} {foreign.Text} and {unknown.Status} {unknown.Text}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.Equal(before, await StoredAsync(other));
    }

    // What ends the caller's own session, never answers, or moves everybody's clock is tried elsewhere.
    private static bool IsOver(Operation operation, string kind) =>
        operation.Path.EndsWith("/stream", StringComparison.Ordinal) && May.GetValueOrDefault(operation.Id)?.Contains(kind) == true
        || operation.Path is "/api/auth/logout" && kind != Anybody
        || operation.Path.StartsWith("/api/testing", StringComparison.Ordinal) || operation.Path.StartsWith("/api/demo", StringComparison.Ordinal);

    // Refusals that only the operation itself can give: a wrong password, a signature that does not match.
    private static bool IsOfItsOwn(Answer answer) =>
        JsonDocument.Parse(answer.Text).RootElement.GetProperty("code").GetString() is not ("auth.required" or "caller.forbidden");

    /// <summary>An answer without what differs between any two calls: the trace, the times that were asked about, and the id that was asked for.</summary>
    private static string Plain(string text) => Ids().Replace(Traces().Replace(text, ""), "");

    private static Task<Answer> CallAsync(Client caller, Operation operation, Func<string, Guid> id)
    {
        var path = Parameters().Replace(operation.Path, match => match.Groups[1].Value == "provider" ? "twilio" : id(match.Groups[1].Value).ToString());
        return caller.SendAsync(new HttpMethod(operation.Method), path, operation.Method is "GET" or "DELETE" ? null : new { }, ("If-Match", "\"1\""));
    }

    /// <summary>The id of theirs that belongs at this place of an address.</summary>
    private static Guid IdOf(Dictionary<string, Guid> theirs, string path, string name) =>
        theirs.GetValueOrDefault(name) is var named && named != default ? named
        : theirs.FirstOrDefault(one => path.Contains($"/{one.Key}/", StringComparison.Ordinal) || path.EndsWith("/" + one.Key, StringComparison.Ordinal)).Value is var found && found != default ? found
        : theirs["conversations"];

    private async Task<Dictionary<string, Client>> CallersAsync(TestAffiliate affiliate)
    {
        var reads = await KeyAsync(affiliate, Reads);
        var configures = await KeyAsync(affiliate, Configures);
        var calls = await KeyAsync(affiliate, Calls);
        return new()
        {
            [Anybody] = api.Anonymous, ["responder"] = (await affiliate.GivenResponderAsync()).Client, ["supervisor"] = (await affiliate.GivenUserAsync("supervisor")).Client,
            ["admin"] = affiliate.Admin, ["platform"] = api.Platform, [Reads] = reads, [Configures] = configures, [Calls] = calls,
        };
    }

    private async Task<Client> KeyAsync(TestAffiliate affiliate, string scope) =>
        new(api.Address, (await (await affiliate.Admin.PostAsync("/api/admin/api-keys", new { name = scope, scopes = new[] { scope } })).ReadAsync(201)).GetProperty("key").GetString());

    /// <summary>One of everything that has an id, by where it stands in addresses.</summary>
    private async Task<Dictionary<string, Guid>> GivenEverythingAsync(TestAffiliate affiliate)
    {
        var (responder, user) = await affiliate.GivenResponderAsync();
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{conversation}/start")).ReadAsync(200);
        var escalated = await (await responder.PostAsync($"/api/conversations/{conversation}/escalate", new { type = "medical", urgency = "high" })).ReadAsync(200);
        var read = await (await affiliate.Admin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200);
        var everything = new Dictionary<string, Guid>
        {
            ["affiliates"] = affiliate.Id, ["affiliateId"] = affiliate.Id, ["programs"] = affiliate.ProgramId, ["programId"] = affiliate.ProgramId, ["channels"] = affiliate.ChannelId,
            ["users"] = user, ["responderId"] = user, ["actorId"] = user, ["conversations"] = conversation, ["conversationId"] = conversation,
            ["texters"] = read.GetProperty("texterId").GetGuid(), ["texterId"] = read.GetProperty("texterId").GetGuid(), ["subject"] = conversation,
            ["escalations"] = escalated.GetProperty("escalationId").GetGuid(),
            ["keywords"] = await affiliate.GivenKeywordAsync("CALLERS"),
            ["api-keys"] = (await (await affiliate.Admin.PostAsync("/api/admin/api-keys", new { name = "K", scopes = new[] { Reads } })).ReadAsync(201)).GetProperty("apiKey").GetProperty("id").GetGuid(),
            ["sessions"] = (await (await responder.GetAsync("/api/auth/sessions")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid(),
        };
        foreach (var kind in new[] { "surveys", "emergency-contacts", "canned-responses" })
        {
            everything[kind] = (await (await affiliate.Admin.PostAsync("/api/" + kind, Administration.Something.For(kind, affiliate))).ReadAsync(201)).GetProperty("id").GetGuid();
        }

        var hook = await (await affiliate.Admin.PostAsync("/api/admin/webhooks", new { url = "https://partner.test/hook", eventTypes = new[] { "document.indexed" } })).ReadAsync(201);
        everything["webhooks"] = hook.GetProperty("webhook").GetProperty("id").GetGuid();

        // What the platform still does by itself is done before anything is compared.
        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from due_jobs where affiliate_id = $1 and due_at <= now()", affiliate.Id) == 0, "nothing is due");
        return everything;
    }

    /// <summary>All that is stored of an affiliate, in short, but for what its own people's reading leaves behind.</summary>
    private async Task<string> StoredAsync(TestAffiliate affiliate)
    {
        const string tables = """
            select string_agg(
                format('select %L as name, count(*), md5(string_agg(t::text, chr(10) order by t::text)) as sum from %I t where affiliate_id = $1', table_name, table_name),
                ' union all ')
            from information_schema.columns
            where table_schema = 'public' and column_name = 'affiliate_id'
                and table_name not in ('audit_links', 'outbox', 'sessions', 'refresh_tokens', 'due_jobs', 'presence', 'deliveries')
            """;

        var each = await api.AskAsync<string>(tables);
        return await api.AskAsync<string>($"select string_agg(name || ' ' || count || ' ' || coalesce(sum, ''), chr(10) order by name) from ({each}) s", affiliate.Id);
    }

    private async Task<IReadOnlyList<Operation>> OperationsAsync()
    {
        var document = await (await api.Anonymous.GetAsync("/swagger/v1/swagger.json")).ReadAsync(200);
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => new Operation(
            operation.Value.GetProperty("operationId").GetString()!, operation.Name.ToUpper(CultureInfo.InvariantCulture), path.Name,
            operation.Value.TryGetProperty("parameters", out var parameters)
                ? [.. parameters.EnumerateArray()
                    .Where(parameter => parameter.GetProperty("in").GetString() == "query" && parameter.GetProperty("schema").TryGetProperty("format", out var format) && format.GetString() == "uuid")
                    .Select(parameter => parameter.GetProperty("name").GetString()!)]
                : [])))];
    }

    [GeneratedRegex("""[{]([A-Za-z]+)[^}]*[}]""")]
    private static partial Regex Parameters();

    [GeneratedRegex("\"(traceId|from|to)\":\"[^\"]*\"")]
    private static partial Regex Traces();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Ids();

    private sealed record Operation(string Id, string Method, string Path, IReadOnlyList<string> Ids);
}
