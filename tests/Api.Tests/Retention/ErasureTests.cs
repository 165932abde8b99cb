namespace Chat.Api.Tests.Retention;

[Collection(RetentionSuite.Name)]
public sealed class ErasureTests(RetentionApi api)
{
    [Fact]
    public async Task A_texter_is_erased_with_all_that_is_known_of_them_and_the_proof_remains()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync(50);
        var (number, texter, first) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        Assert.Equal(200, (await affiliate.TextAsync(number, "me again")).Status);
        var second = await NewestAsync(affiliate);
        await (await responder.PostAsync($"/api/conversations/{second}/claim")).ReadAsync(200);
        await (await responder.PutAsync($"/api/texters/{texter}/plan", new { plan = "Likes to breathe along." })).ReadAsync(200);
        await RetentionApi.AnswerAndCloseAsync(responder, second);
        var (_, otherTexter, other) = await RetentionApi.GivenClosedAsync(affiliate, responder);

        var begun = await affiliate.Admin.PostAsync("/api/admin/erasures", new { texterId = texter }, ("Idempotency-Key", "once"));
        var erasure = await begun.ReadAsync(202);
        var id = erasure.GetProperty("id").GetGuid();
        var proof = await Eventually.Get(
            async () => (await affiliate.Admin.GetAsync($"/api/admin/erasures/{id}")) is { } answer && answer.Json.GetProperty("status").GetString() == "completed" ? answer : null,
            "the keys are destroyed");

        Assert.Empty(await api.TablesThatNameAsync(first, second, texter));
        Assert.Equal(0, await api.AskKeysAsync<int>("select count(*)::int from keys.data_keys where owner_id = any(@Owners)", new { Owners = new[] { first, second, texter } }));
        Assert.Equal(404, (await affiliate.Admin.GetAsync($"/api/conversations/{first}")).Status);
        Assert.Equal(2, proof.Json.GetProperty("destroyed").GetProperty("conversations").GetInt32());
        Assert.Equal(6, proof.Json.GetProperty("destroyed").GetProperty("messages").GetInt32());
        Assert.Equal(1, proof.Json.GetProperty("destroyed").GetProperty("texters").GetInt32());
        Assert.Equivalent(new[] { first, second, texter }, proof.Json.GetProperty("keyIds").EnumerateArray().Select(key => key.GetGuid()));
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, proof.Json.GetProperty("completedAt").ValueKind);
        Assert.Equal(id, (await (await affiliate.Admin.GetAsync("/api/admin/erasures")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid());
        Assert.Equal(id, (await (await affiliate.Admin.PostAsync("/api/admin/erasures", new { texterId = texter }, ("Idempotency-Key", "once"))).ReadAsync(202)).GetProperty("id").GetGuid());
        Assert.True(await api.AskAsync<bool>("select exists (select from audit_entries where action = 'EraseTexter' and $1 = any(subjects) and $2 = any(subjects))", texter, id));
        Assert.NotEmpty(await affiliate.Admin.MessagesAsync(other));
        Assert.Equal(200, (await affiliate.Admin.GetAsync($"/api/texters/{otherTexter}")).Status);
    }

    [Fact]
    public async Task Nobody_is_erased_who_is_being_talked_to_or_whom_a_hold_keeps()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync(50);
        var (number, texter, closed) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        await (await affiliate.Admin.PutAsync($"/api/admin/legal-holds/{closed}", new { onHold = true, reason = "A court asks" })).ReadAsync(200);

        (await EraseAsync(affiliate.Admin, texter)).Problem(409, "texter.on_hold");
        await (await affiliate.Admin.PutAsync($"/api/admin/legal-holds/{closed}", new { onHold = false })).ReadAsync(200);
        Assert.Equal(200, (await affiliate.TextAsync(number, "me again")).Status);
        (await EraseAsync(affiliate.Admin, texter)).Problem(409, "texter.conversation_open");

        Assert.Equal("I cannot sleep any more", (await affiliate.Admin.MessagesAsync(closed))[0].GetProperty("content").GetString());
        Assert.Equal(0, await api.AskKeysAsync<int>("select count(*)::int from keys.purge_ledger where owner_id = @texter", new { texter }));
    }

    [Fact]
    public async Task Only_an_admin_erases_and_only_their_own_affiliates_texters()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync(50);
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        var (_, texter, id) = await RetentionApi.GivenClosedAsync(affiliate, responder);
        var stranger = await api.GivenAffiliateAsync();

        foreach (var caller in new[] { responder, supervisor, api.Platform })
        {
            (await EraseAsync(caller, texter)).Problem(403, "caller.forbidden");
            Assert.Equal(403, (await caller.GetAsync("/api/admin/erasures")).Status);
        }

        (await EraseAsync(stranger.Admin, texter)).Problem(404, "resource.not_found");
        Assert.Equal(404, (await affiliate.Admin.GetAsync($"/api/admin/erasures/{Guid.NewGuid()}")).Status);
        Assert.Equal(400, (await affiliate.Admin.PostAsync("/api/admin/erasures", new { texterId = "not an id" })).Status);
        Assert.NotEmpty(await affiliate.Admin.MessagesAsync(id));
    }

    private static Task<Answer> EraseAsync(Client by, Guid texter) => by.PostAsync("/api/admin/erasures", new { texterId = texter });

    private static async Task<Guid> NewestAsync(TestAffiliate affiliate) =>
        (await (await affiliate.Admin.GetAsync("/api/conversations?limit=1")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();
}
