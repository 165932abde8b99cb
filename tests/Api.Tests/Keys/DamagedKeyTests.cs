namespace Chat.Api.Tests.Keys;

/// <summary>One affiliate's key does not open any more: that is its own misfortune, and nobody else's.</summary>
[Collection(RotationSuite.Name)]
public sealed class DamagedKeyTests(RotationApi api)
{
    [Fact]
    public async Task An_instance_starts_all_the_same()
    {
        var (unlucky, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        await (await unlucky.Admin.PostAsync(
            "/api/admin/triage/phrases", new { language = "en", cue = "intent", pattern = "i want the blue door", status = "in_shadow" })).ReadAsync(201);
        await DamageAsync(unlucky);
        try
        {
            await using var fresh = api.Start();

            Assert.Equal(200, (await other.TextAsync(other.NewTexter(), "hi", to: fresh.Address)).Status);
        }
        finally
        {
            await DamageAsync(unlucky);
        }
    }

    [Fact]
    public async Task The_others_audit_trails_get_their_links()
    {
        var unlucky = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        var others = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        await api.AskKeysAsync<int>(
            """
            insert into keys.affiliate_keys (affiliate_id, key_id, master_id, wrapped, state, created_at, state_since)
            select id, id, 'test-1', decode(repeat('01', 80), 'hex'), 'active', now(), now()
            from unnest(@unlucky) as id
            """,
            new { unlucky });
        await api.ChangeAsync(
            """
            with made as (
                insert into affiliates (id, name, time_zone, data_retention_days, status, version, created_at, updated_at)
                select id, 'linked', 'Etc/UTC', 365, 'active', 1, now(), now()
                from unnest($1) as id
            )
            insert into audit_entries (affiliate_id, id, action, subjects, request_id, at)
            select id, gen_random_uuid(), 'CreateUser', '{}', 'r', now()
            from unnest($1) as id
            """,
            unlucky.Concat(others).ToArray());
        try
        {
            await using var fresh = api.Start();

            await Eventually.Is(
                async () => await api.AskAsync<long>("select count(*) from audit_links where affiliate_id = any($1)", others) == others.Length,
                "the others' entries have their links");
        }
        finally
        {
            await api.ChangeAsync("delete from affiliates where id = any($1)", unlucky.Concat(others).ToArray());
        }
    }

    [Fact]
    public async Task The_others_keys_are_replaced()
    {
        var (unlucky, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        await (await unlucky.Admin.PostAsync("/api/admin/encryption/rotate")).ReadAsync(202);
        await DamageAsync(unlucky);
        try
        {
            await (await other.Admin.PostAsync("/api/admin/encryption/rotate")).ReadAsync(202);

            await Eventually.Is(
                async () => (await (await other.Admin.GetAsync("/api/admin/encryption")).ReadAsync(200)).GetProperty("keys").EnumerateArray()
                    .Any(key => key.GetProperty("state").GetString() == "destroyed"),
                "the other's old key is destroyed", seconds: 40);
        }
        finally
        {
            await DamageAsync(unlucky);
        }
    }

    [Fact]
    public async Task The_others_are_wrapped_by_a_new_master_key()
    {
        using var own = new RotationApi();
        await own.InitializeAsync();
        try
        {
            var (unlucky, other) = (await own.GivenAffiliateAsync(), await own.GivenAffiliateAsync());
            await DamageAsync(own, unlucky);
            await using var host = own.Start(
                ("Encryption:MasterKey", Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))),
                ("Encryption:MasterKeyId", "test-2"), ("Encryption:PreviousMasterKeys:test-1", "S2V5cyBmb3IgdGVzdHMgb25seSwgMzIgYnl0ZXMhIS0="));

            await (await new Client(host.Address, own.Platform.Token).PostAsync("/api/admin/encryption/rotate")).ReadAsync(202);

            await Eventually.Is(
                async () => await own.AskKeysAsync<string>("select master_id from keys.affiliate_keys where affiliate_id = @Id", new { other.Id }) == "test-2",
                "the other's key is wrapped by the new master key");
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private Task<int> DamageAsync(TestAffiliate affiliate) => DamageAsync(api, affiliate);

    // Twice, and it is whole again. Every instance reads keys anew.
    private static Task<int> DamageAsync(RotationApi api, TestAffiliate affiliate) => api.AskKeysAsync<int>(
        """
        with damaged as (
            update keys.affiliate_keys set wrapped = set_bit(wrapped, 300, 1 - get_bit(wrapped, 300)) where affiliate_id = @Id
        )
        update keys.changes set value = value + 1 returning 1
        """,
        new { affiliate.Id });
}
