using System.Text.Json;

namespace Chat.Api.Tests.Administration;

/// <summary>A partner's program and its key.</summary>
[Collection(ApiSuite.Name)]
public sealed class ApiKeyTests(ChatApi api)
{
    [Fact]
    public async Task A_key_is_shown_once_and_opens_what_its_scopes_say()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        var (program, id) = await GivenKeyAsync(affiliate, "conversations_read");

        await (await program.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200);
        Assert.NotEmpty(await program.MessagesAsync(conversation));
        await (await program.GetAsync("/api/queue")).ReadAsync(200);
        (await program.GetAsync("/api/programs")).Problem(403, "caller.forbidden");
        (await program.PostAsync($"/api/conversations/{conversation}/claim")).Problem(403, "caller.forbidden");
        (await program.GetAsync("/api/auth/me")).Problem(403, "caller.forbidden");
        (await program.GetAsync("/api/desk/stream")).Problem(403, "caller.forbidden");

        var shown = await (await affiliate.Admin.GetAsync($"/api/admin/api-keys/{id}")).ReadAsync(200);
        Assert.DoesNotContain(program.Token!, shown.ToString(), StringComparison.Ordinal);
        Assert.Equal(program.Token![^4..], shown.GetProperty("hint").GetString());
        Assert.Equal(0, await api.AskAsync<long>("select count(*) from api_keys where row_to_json(api_keys)::text like '%' || $1 || '%'", program.Token!));
    }

    [Fact]
    public async Task A_key_for_configuration_sets_up_programs_and_reads_no_conversation()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        var (program, _) = await GivenKeyAsync(affiliate, "configuration");

        await (await program.PostAsync("/api/programs", new { name = "By a program" })).ReadAsync(201);
        await (await program.PostAsync("/api/keywords", new { programId = affiliate.ProgramId, keyword = "BYKEY" })).ReadAsync(201);
        (await program.GetAsync($"/api/conversations/{conversation}/messages")).Problem(403, "caller.forbidden");
        foreach (var path in new[] { "/api/users", "/api/admin/api-keys", "/api/admin/audit", "/api/affiliates" })
        {
            (await program.GetAsync(path)).Problem(403, "caller.forbidden");
        }

        (await program.PostAsync("/api/users", new { email = "made-by-key@admin.test", name = "X", password = ChatApi.Password, role = "admin" })).Problem(403, "caller.forbidden");
    }

    [Fact]
    public async Task What_a_key_does_is_on_record_under_its_id()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (program, id) = await GivenKeyAsync(affiliate, "configuration", "conversations_read");
        var (_, conversation) = await affiliate.GivenWaitingAsync();

        await (await program.PostAsync("/api/programs", new { name = "By a program" })).ReadAsync(201);
        await program.MessagesAsync(conversation);

        var entries = (await (await affiliate.Admin.GetAsync($"/api/admin/audit?actorId={id}")).ReadAsync(200)).GetProperty("items").EnumerateArray()
            .Select(entry => entry.GetProperty("action").GetString());
        Assert.Equal(["ReadConversation", "CreateProgram"], entries);
    }

    [Fact]
    public async Task A_key_sees_nothing_of_another_affiliate()
    {
        var (own, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var (_, conversation) = await other.GivenWaitingAsync();
        var (program, _) = await GivenKeyAsync(own, "conversations_read", "configuration");

        (await program.GetAsync($"/api/conversations/{conversation}")).Problem(404, "resource.not_found");
        (await program.GetAsync($"/api/programs/{other.ProgramId}")).Problem(404, "resource.not_found");
        (await program.PostAsync("/api/programs", new { affiliateId = other.Id, name = "X" })).Problem(404, "resource.not_found");
    }

    [Fact]
    public async Task A_key_that_was_ended_changed_or_shut_out_with_its_affiliate_stops_within_five_seconds_on_every_instance()
    {
        await using var second = api.Start();
        var affiliate = await api.GivenAffiliateAsync();
        var (ended, endedId) = await GivenKeyAsync(affiliate, "conversations_read");
        var (changed, changedId) = await GivenKeyAsync(affiliate, "conversations_read");
        var elsewhere = new[] { ended, changed }.Select(client => new Client(second.Address, client.Token)).ToArray();
        foreach (var client in elsewhere)
        {
            await (await client.GetAsync("/api/queue")).ReadAsync(200);
        }

        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/admin/api-keys/{endedId}", ("If-Match", "\"1\""))).Status);
        await (await affiliate.Admin.PutAsync($"/api/admin/api-keys/{changedId}", new { name = "Less", scopes = new[] { "configuration" } }, ("If-Match", "\"1\""))).ReadAsync(200);

        (await ended.GetAsync("/api/queue")).Problem(401, "auth.required");
        (await changed.GetAsync("/api/queue")).Problem(403, "caller.forbidden");
        await Eventually.Is(async () => (await elsewhere[0].GetAsync("/api/queue")).Status == 401, "the other instance knows", seconds: 5);
        await Eventually.Is(async () => (await elsewhere[1].GetAsync("/api/queue")).Status == 403, "the other instance knows", seconds: 5);
        (await affiliate.Admin.GetAsync($"/api/admin/api-keys/{endedId}")).Problem(404, "resource.not_found");

        await api.ChangeAsync("update affiliates set status = 'inactive' where id = $1", affiliate.Id);
        await Eventually.Is(async () => (await changed.GetAsync("/api/programs")).Status == 401, "an affiliate that is shut has no keys", seconds: 5);
    }

    [Fact]
    public async Task A_key_works_from_its_networks_and_until_it_expires()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (elsewhere, _) = await GivenKeyAsync(affiliate, new { name = "Elsewhere", scopes = new[] { "conversations_read" }, networks = new[] { "192.0.2.0/24" } });
        var (here, _) = await GivenKeyAsync(affiliate, new { name = "Here", scopes = new[] { "conversations_read" }, networks = new[] { "127.0.0.1", "::1" } });
        var (expiring, id) = await GivenKeyAsync(affiliate, new { name = "Expiring", scopes = new[] { "conversations_read" }, expiresAt = DateTimeOffset.UtcNow.AddDays(1) });

        (await elsewhere.GetAsync("/api/queue")).Problem(401, "auth.required");
        await (await here.GetAsync("/api/queue")).ReadAsync(200);
        await (await expiring.GetAsync("/api/queue")).ReadAsync(200);
        await api.ChangeAsync("update api_keys set expires_at = now() - interval '1 second' where id = $1", id);
        await Eventually.Is(async () => (await expiring.GetAsync("/api/queue")).Status == 401, "it has expired", seconds: 6);
    }

    [Fact]
    public async Task When_it_was_last_used_is_told()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (program, id) = await GivenKeyAsync(affiliate, "conversations_read");
        Assert.Equal(JsonValueKind.Null, (await (await affiliate.Admin.GetAsync($"/api/admin/api-keys/{id}")).ReadAsync(200)).GetProperty("lastUsedAt").ValueKind);

        await (await program.GetAsync("/api/queue")).ReadAsync(200);

        var used = (await (await affiliate.Admin.GetAsync("/api/admin/api-keys")).ReadAsync(200)).GetProperty("items")[0].GetProperty("lastUsedAt").GetDateTimeOffset();
        Assert.InRange(used, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/api/webhooks/twilio")]
    public async Task Where_callers_are_not_limited_nobody_looks_a_key_up(string path)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (program, id) = await GivenKeyAsync(affiliate, "conversations_read");

        await program.GetAsync(path);

        Assert.Equal(0, await api.AskAsync<long>("select count(*) from api_key_hashes where key_id = $1 and last_used_at is not null", id));
    }

    [Fact]
    public async Task A_key_that_goes_while_it_is_looked_up_is_nobodys()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (program, id) = await GivenKeyAsync(affiliate, "conversations_read");
        await api.ChangeAsync("delete from api_keys where id = $1", id);

        (await program.GetAsync("/api/queue")).Problem(401, "auth.required");
    }

    [Fact]
    public async Task The_answer_that_shows_a_key_is_not_kept()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = new { name = "Twice", scopes = new[] { "conversations_read" } };
        var first = await (await affiliate.Admin.PostAsync("/api/admin/api-keys", body, ("Idempotency-Key", "one"))).ReadAsync(201);

        var again = await (await affiliate.Admin.PostAsync("/api/admin/api-keys", body, ("Idempotency-Key", "one"))).ReadAsync(201);

        Assert.NotEqual(first.GetProperty("key").GetString(), again.GetProperty("key").GetString());
        Assert.Equal(0, await api.AskAsync<long>("select count(*) from idempotency_keys where route like '%api-keys%'"));
    }

    [Theory]
    [InlineData("""{"name":"X"}""", "scopes")]
    [InlineData("""{"name":"X","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"X","scopes":["everything"]}""", "scopes[0]")]
    [InlineData("""{"name":"X","scopes":[null]}""", "scopes[0]")]
    [InlineData("""{"name":"","scopes":["configuration"]}""", "name")]
    [InlineData("""{"name":"X","scopes":["configuration"],"networks":["here"]}""", "networks[0]")]
    [InlineData("""{"name":"X","scopes":["configuration"],"networks":[null]}""", "networks[0]")]
    [InlineData("""{"name":"X","scopes":["configuration"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    public async Task What_is_no_key_is_refused(string body, string field)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var problem = (await affiliate.Admin.PostAsync("/api/admin/api-keys", content)).Problem(400, "request.invalid");

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Theory]
    [InlineData("chat_")]
    [InlineData("chat_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_looks_like_a_key_and_is_none_is_nobody(string token) =>
        (await api.Anonymous.SendAsync(HttpMethod.Get, "/api/queue", null, ("Authorization", "Bearer " + token))).Problem(401, "auth.required");

    private Task<(Client Program, Guid Id)> GivenKeyAsync(TestAffiliate affiliate, params string[] scopes) =>
        GivenKeyAsync(affiliate, new { name = "Partner", scopes });

    private async Task<(Client Program, Guid Id)> GivenKeyAsync(TestAffiliate affiliate, object body)
    {
        var made = await (await affiliate.Admin.PostAsync("/api/admin/api-keys", body)).ReadAsync(201);
        return (new Client(api.Address, made.GetProperty("key").GetString()), made.GetProperty("apiKey").GetProperty("id").GetGuid());
    }
}
