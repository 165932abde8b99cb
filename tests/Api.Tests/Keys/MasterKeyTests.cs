namespace Chat.Api.Tests.Keys;

public sealed class MasterKeyTests
{
    [Fact]
    public async Task The_master_key_moves_into_a_key_service_and_what_it_wraps_opens_nowhere_else()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIATESTS");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "only for tests");
        await using var kms = await FakeKms.StartAsync();
        using var own = new RotationApi();
        await own.InitializeAsync();
        try
        {
            var affiliate = await own.GivenAffiliateAsync();
            var (_, id) = await affiliate.GivenWaitingAsync("said before");
            (string, string)[] atKms =
            [
                ("Encryption:MasterKey", ""), ("Encryption:MasterKeyId", "kms-1"), ("Encryption:KmsKeyId", FakeKms.KeyId), ("Encryption:KmsRegion", "eu-central-1"),
                ("Encryption:KmsBaseUrl", kms.Address),
            ];
            await using (var host = own.Start([.. atKms, ("Encryption:PreviousMasterKeys:test-1", "S2V5cyBmb3IgdGVzdHMgb25seSwgMzIgYnl0ZXMhIS0=")]))
            {
                var platform = new Client(host.Address, own.Platform.Token);
                await (await platform.PostAsync("/api/admin/encryption/rotate")).ReadAsync(202);
                await Eventually.Is(
                    async () => !(await (await platform.GetAsync("/api/admin/encryption")).ReadAsync(200)).GetProperty("master").GetProperty("underWay").GetBoolean(),
                    "all keys are wrapped anew");
            }

            await using var fresh = own.Start(atKms);
            var admin = new Client(fresh.Address, affiliate.Admin.Token);
            Assert.Equal("said before", (await admin.MessagesAsync(id))[0].GetProperty("content").GetString());
            Assert.Equal(200, (await admin.GetAsync("/readyz")).Status);
            Assert.True(kms.Asked["TrentService.Encrypt"] >= 2 && kms.Asked["TrentService.Decrypt"] >= 2);

            // A wrapped key that was moved to another affiliate.
            var other = await TestAffiliate.CreateAsync(own, fresh.Address);
            await own.AskKeysAsync<int>(
                """
                update keys.affiliate_keys k
                set wrapped = o.wrapped
                from keys.affiliate_keys o
                where k.affiliate_id = @Other and o.affiliate_id = @Mine;
                select 1
                """,
                new { Other = other.Id, Mine = affiliate.Id });
            await using var moved = own.Start(atKms);
            (await new Client(moved.Address, other.Admin.Token).GetAsync("/api/users")).Problem(409, "data.unreadable");
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_master_key_is_read_from_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "S2V5cyBmb3IgdGVzdHMgb25seSwgMzIgYnl0ZXMhIS0=\n");
        using var own = new RotationApi();
        await own.InitializeAsync();
        try
        {
            var affiliate = await own.GivenAffiliateAsync();
            var (_, id) = await affiliate.GivenWaitingAsync("said before");
            await using var host = own.Start(("Encryption:MasterKey", ""), ("Encryption:MasterKeyFile", file));

            Assert.Equal("said before", (await new Client(host.Address, affiliate.Admin.Token).MessagesAsync(id))[0].GetProperty("content").GetString());
        }
        finally
        {
            await own.DisposeAsync();
            File.Delete(file);
        }
    }
}
