using System.IO.Compression;
using System.Net.Http.Headers;
using Chat.Api.Tests.Administration;
using Chat.Application.OffBoarding;

namespace Chat.Api.Tests.Retention;

[Collection(RetentionSuite.Name)]
public sealed class OffBoardingTests(RetentionApi api)
{
    [Fact]
    public async Task An_affiliate_leaves_with_all_that_it_had_and_the_proof_stays()
    {
        var (affiliate, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var (responder, responderId) = await affiliate.GivenResponderAsync(50);
        var (otherResponder, _) = await other.GivenResponderAsync(50);
        await affiliate.GivenKeywordAsync("LEAVING");
        await RetentionApi.GivenWebhookAsync(affiliate);
        var (_, texter, first) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        var (_, _, second) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        var (_, _, theirs) = await RetentionApi.GivenClosedAsync(other, otherResponder);
        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from audit_links where affiliate_id = $1", affiliate.Id) > 0, "the audit trail has its key", seconds: 60);
        var path = $"/api/affiliates/{affiliate.Id}/off-boarding";
        Assert.Equal(404, (await api.Platform.GetAsync(path)).Status);
        Assert.Equal(403, (await affiliate.Admin.PostAsync(path)).Status);

        var begun = (await (await api.Platform.PostAsync(path)).ReadAsync(202)).GetProperty("id").GetGuid();
        Assert.Equal(begun, (await (await api.Platform.PostAsync(path)).ReadAsync(202)).GetProperty("id").GetGuid());
        var name = (await (await api.Platform.GetAsync($"/api/affiliates/{affiliate.Id}")).ReadAsync(200)).GetProperty("name").GetString()!;
        (await ConfirmAsync(Guid.NewGuid(), name)).Problem(404, "resource.not_found");
        (await ConfirmAsync(begun, name + "!")).Problem(409, "affiliate.not_confirmed");
        (await ConfirmAsync(begun, name)).Problem(409, "affiliate.active");
        (await api.Platform.GetAsync("/api/admin/exports")).Problem(403, "caller.forbidden");
        Assert.Equal(4, await CountOfConversationFilesAsync(affiliate.Admin));
        await (await affiliate.Admin.PutAsync($"/api/admin/legal-holds/{first}", new { onHold = true, reason = "A court asks" })).ReadAsync(200);
        await SetStatusAsync("inactive");
        (await ConfirmAsync(begun, name)).Problem(409, "affiliate.on_hold");
        Assert.Equal(1, await api.ChangeAsync("delete from legal_holds where conversation_id = $1", first));
        Assert.Equal("confirmed", (await (await ConfirmAsync(begun, name)).ReadAsync(202)).GetProperty("status").GetString());

        var proof = await Eventually.Get(
            async () => (await api.Platform.GetAsync(path)) is { } answer && answer.Json.GetProperty("status").GetString() == "completed" ? answer : null, "the affiliate has gone");
        Assert.Equal(2, proof.Json.GetProperty("destroyed").GetProperty("conversations").GetInt32());
        Assert.Equal(2, proof.Json.GetProperty("destroyed").GetProperty("users").GetInt32());

        // Two conversations, two texters, the key of the audit trail and the affiliate's own.
        Assert.Equal(6, proof.Json.GetProperty("keys").GetInt64());
        Assert.Equal(404, (await api.Platform.GetAsync($"/api/affiliates/{affiliate.Id}")).Status);
        Assert.Equivalent(
            new[] { "audit_entries.affiliate_id", "audit_entries.actor_id", "off_boardings.affiliate_id" },
            (await api.TablesThatNameAsync(affiliate.Id, affiliate.ProgramId, affiliate.ChannelId, responderId, texter, first, second)).Distinct());
        Assert.Equal(0, await api.AskKeysAsync<int>("select count(*)::int from keys.data_keys where affiliate_id = @Id", new { affiliate.Id }));
        Assert.True(await api.AskKeysAsync<bool>("select bool_and(state = 'destroyed' and wrapped is null) from keys.affiliate_keys where affiliate_id = @Id", new { affiliate.Id }));
        Assert.Equal("I cannot sleep any more", (await other.Admin.MessagesAsync(theirs))[0].GetProperty("content").GetString());

        // An older copy knows the affiliate again.
        await api.ChangeAsync(
            """
            insert into affiliates (id, name, time_zone, data_retention_days, status, version, created_at, updated_at)
            values ($1, 'back', 'Etc/UTC', 365, 'active', 1, now(), now())
            """,
            affiliate.Id);
        await using var fresh = api.Start();
        Assert.Equal(404, (await new Client(fresh.Address, api.Platform.Token).GetAsync($"/api/affiliates/{affiliate.Id}")).Status);

        Task<Answer> ConfirmAsync(Guid id, string called) => api.Platform.PostAsync($"{path}/confirm", new { offBoardingId = id, name = called });

        async Task SetStatusAsync(string status)
        {
            var found = await api.Platform.GetAsync($"/api/affiliates/{affiliate.Id}");
            await (await api.Platform.PutAsync($"/api/affiliates/{affiliate.Id}", new { name, status }, ("If-Match", found.ETag!))).ReadAsync(200);
        }
    }

    [Fact]
    public async Task Whoever_has_taken_nothing_out_says_so()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var path = $"/api/affiliates/{affiliate.Id}/off-boarding";
        var begun = (await (await api.Platform.PostAsync(path)).ReadAsync(202)).GetProperty("id").GetGuid();
        var found = await api.Platform.GetAsync($"/api/affiliates/{affiliate.Id}");
        var name = found.Json.GetProperty("name").GetString();
        await (await api.Platform.PutAsync($"/api/affiliates/{affiliate.Id}", new { name, status = "inactive" }, ("If-Match", found.ETag!))).ReadAsync(200);

        (await api.Platform.PostAsync($"{path}/confirm", new { offBoardingId = begun, name })).Problem(409, "affiliate.not_exported");
        await (await api.Platform.PostAsync($"{path}/confirm", new { offBoardingId = begun, name, withoutExport = true })).ReadAsync(202);

        await Eventually.Is(async () => (await api.Platform.GetAsync(path)).Json.GetProperty("status").GetString() == "completed", "the affiliate has gone");
    }

    [Fact]
    public async Task Once_it_is_confirmed_nobody_opens_the_affiliate_again()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (_, _, conversation) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        var path = $"/api/affiliates/{affiliate.Id}";
        var begun = (await (await api.Platform.PostAsync($"{path}/off-boarding")).ReadAsync(202)).GetProperty("id").GetGuid();
        var name = (await (await api.Platform.GetAsync(path)).ReadAsync(200)).GetProperty("name").GetString();
        await (await SetStatusAsync("inactive")).ReadAsync(200);
        await using (var held = await HeldRow.TakeAsync(api, "select from conversations where id = $1 for update", conversation))
        {
            await (await api.Platform.PostAsync($"{path}/off-boarding/confirm", new { offBoardingId = begun, name, withoutExport = true })).ReadAsync(202);

            (await SetStatusAsync("active")).Problem(409, "affiliate.leaving");
        }

        await Eventually.Is(
            async () => (await api.Platform.GetAsync($"{path}/off-boarding")).Json.GetProperty("status").GetString() == "completed", "the affiliate has gone");

        async Task<Answer> SetStatusAsync(string status) =>
            await api.Platform.PutAsync(path, new { name, status }, ("If-Match", (await api.Platform.GetAsync(path)).ETag!));
    }

    [Fact]
    public async Task Answers_that_a_partners_program_was_given_go_too()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var made = await (await affiliate.Admin.PostAsync("/api/admin/api-keys", new { name = "Partner", scopes = new[] { "configuration" } })).ReadAsync(201);
        var (program, key) = (new Client(api.Address, made.GetProperty("key").GetString()), made.GetProperty("apiKey").GetProperty("id").GetGuid());
        await (await program.PostAsync("/api/programs", new { name = "By a program" }, ("Idempotency-Key", "one"))).ReadAsync(201);
        Assert.Equal(1, await api.AskAsync<long>("select count(*) from idempotency_keys where caller_id = $1", key));

        await api.RunAsync(new PurgeAffiliate(new(affiliate.Id)));

        Assert.Equal(0, await api.AskAsync<long>("select count(*) from idempotency_keys where caller_id = $1", key));
    }

    private async Task<int> CountOfConversationFilesAsync(Client by)
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", by.Token);
        using var answer = await http.GetAsync("/api/admin/exports");
        Assert.Equal(200, (int)answer.StatusCode);
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.NotNull(zip.GetEntry("manifest.json"));
        return zip.Entries.Count(entry => entry.FullName.Contains("/conversations/", StringComparison.Ordinal));
    }
}
