using System.Collections.Concurrent;
using System.Text.Json;

namespace Chat.Api.Tests.Keys;

[Collection(RotationSuite.Name)]
public sealed class RotationTests(RotationApi api)
{
    [Fact]
    public async Task An_affiliates_key_is_replaced_while_everybody_works_and_nothing_fails()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, responderId) = await affiliate.GivenResponderAsync(50);
        var (number, before) = await affiliate.GivenWaitingAsync("said before");
        await (await responder.PostAsync($"/api/conversations/{before}/claim")).ReadAsync(200);
        var contact = await (await affiliate.Admin.PostAsync("/api/emergency-contacts", new
        {
            kind = "medical", name = "County ambulance", phone = "+15550000911", email = "on-call@county.test", notes = "Ask for Ada.", affiliateId = affiliate.Id,
            webhookUrl = "https://hooks.test/x", webhookSecret = "whsec_" + Convert.ToBase64String(new byte[24]),
        })).ReadAsync(201);
        await (await responder.PutAsync("/api/notification-settings", new { phone = "+15557771234", byEmail = Array.Empty<string>(), byText = Array.Empty<string>() })).ReadAsync(200);
        await (await affiliate.Admin.PutAsync($"/api/admin/legal-holds/{before}", new { onHold = true, reason = "A court asks" })).ReadAsync(200);
        Assert.Equal(403, (await affiliate.CallAsync("/api/webhooks/twilio", [new("AccountSid", affiliate.AccountSid), new("To", affiliate.Number)], "wrong")).Status);
        var kept = await responder.PostAsync($"/api/conversations/{before}/messages", new { content = "once" }, ("Idempotency-Key", "before"));
        var old = await ActiveKeyAsync(affiliate.Admin);
        await using var other = api.Start();
        using var stop = new CancellationTokenSource();
        var failures = new ConcurrentBag<string>();
        var requests = 0;
        var work = new[] { api.Address, other.Address }.Select(address => WorkAsync(address)).ToArray();

        (await responder.PostAsync("/api/admin/encryption/rotate")).Problem(403, "caller.forbidden");
        Assert.Equal("pending", (await (await affiliate.Admin.PostAsync("/api/admin/encryption/rotate")).ReadAsync(202)).GetProperty("keys")[0].GetProperty("state").GetString());
        (await affiliate.Admin.PostAsync("/api/admin/encryption/rotate")).Problem(409, "encryption.rotation_under_way");
        await Eventually.Is(async () => await StateAsync(affiliate.Admin, old) == "destroyed", "the old key is destroyed", seconds: 60);
        await stop.CancelAsync();
        await Task.WhenAll(work);

        Assert.Empty(failures);
        Assert.True(requests > 100, $"only {requests} requests");
        Assert.Empty(await api.ColumnsUnderAsync(old));
        Assert.Equal(0, await api.AskKeysAsync<int>("select count(*)::int from keys.data_keys where wrapping_key = @old", new { old }));
        Assert.True(await api.AskKeysAsync<bool>("select wrapped is null from keys.affiliate_keys where key_id = @old", new { old }));

        // An instance that has never seen the old key.
        await using var fresh = api.Start();
        var admin = new Client(fresh.Address, affiliate.Admin.Token);
        Assert.Equal("said before", (await admin.MessagesAsync(before))[0].GetProperty("content").GetString());
        Assert.Single((await (await admin.PostAsync("/api/texters/search", new { phone = number })).ReadAsync(200)).GetProperty("items").EnumerateArray());
        var user = await (await admin.GetAsync($"/api/users/{responderId}")).ReadAsync(200);
        Assert.False(user.GetProperty("unreadable").GetBoolean());
        var shown = await (await admin.GetAsync($"/api/emergency-contacts/{contact.GetProperty("id").GetGuid()}")).ReadAsync(200);
        Assert.Equal(("County ambulance", "Ask for Ada."), (shown.GetProperty("name").GetString(), shown.GetProperty("notes").GetString()));
        var settings = await (await new Client(fresh.Address, responder.Token).GetAsync("/api/notification-settings")).ReadAsync(200);
        Assert.Equal("+15557771234", settings.GetProperty("phone").GetString());
        Assert.Equal(
            kept.Json.GetProperty("id").GetGuid(),
            (await (await new Client(fresh.Address, responder.Token).PostAsync($"/api/conversations/{before}/messages", new { content = "once" }, ("Idempotency-Key", "before"))).ReadAsync(201))
            .GetProperty("id").GetGuid());
        Assert.Equal(200, (await affiliate.TextAsync(number, "said after", to: fresh.Address)).Status);
        var last = (await (await admin.GetAsync($"/api/conversations/{before}")).ReadAsync(200)).GetProperty("lastSequence").GetInt64();
        var newest = await (await admin.GetAsync($"/api/conversations/{before}/messages?afterSequence={last - 1}")).ReadAsync(200);
        Assert.Equal("said after", newest.GetProperty("items")[0].GetProperty("content").GetString());

        async Task WorkAsync(Uri address)
        {
            var (admin, staff) = (new Client(address, affiliate.Admin.Token), new Client(address, responder.Token));
            for (var round = 0; !stop.IsCancellationRequested; round++)
            {
                var key = Guid.NewGuid().ToString();
                await TryAsync("text", 200, () => affiliate.TextAsync(affiliate.NewTexter(), "hello", to: address));
                await TryAsync("text again", 200, () => affiliate.TextAsync(number, $"still here {round}", to: address));
                var answer = await TryAsync("answer", 201, () => staff.PostAsync($"/api/conversations/{before}/messages", new { content = "yes" }, ("Idempotency-Key", key)));
                var repeated = await TryAsync("answer again", 201, () => staff.PostAsync($"/api/conversations/{before}/messages", new { content = "yes" }, ("Idempotency-Key", key)));
                if (answer.Text != repeated.Text)
                {
                    failures.Add("A repeated request was answered otherwise.");
                }

                var messages = await TryAsync("messages", 200, () => admin.GetAsync($"/api/conversations/{before}/messages?limit=200"));
                var users = await TryAsync("users", 200, () => admin.GetAsync("/api/users"));
                await TryAsync("contacts", 200, () => admin.GetAsync("/api/emergency-contacts"));
                await TryAsync("me", 200, () => staff.GetAsync("/api/auth/me"));
                foreach (var text in new[] { messages.Text, users.Text }.Where(text => text.Contains("\"unreadable\":true", StringComparison.Ordinal)))
                {
                    failures.Add("unreadable: " + text);
                }
            }
        }

        async Task<Answer> TryAsync(string what, int expected, Func<Task<Answer>> call)
        {
            var answer = await call();
            Interlocked.Increment(ref requests);
            if (answer.Status != expected)
            {
                failures.Add($"{what}: {answer.Status} {answer.Text}");
            }

            return answer;
        }
    }

    [Fact]
    public async Task A_damaged_value_does_not_keep_the_old_key_alive()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (_, user) = await affiliate.GivenResponderAsync();
        var old = await ActiveKeyAsync(affiliate.Admin);
        await api.ChangeAsync("update users set name = set_byte(name, 40, get_byte(name, 40) # 1) where id = $1", user);

        await (await affiliate.Admin.PostAsync("/api/admin/encryption/rotate")).ReadAsync(202);

        await Eventually.Is(async () => await StateAsync(affiliate.Admin, old) == "destroyed", "the old key is destroyed", seconds: 60);
        Assert.Equal(["users.name"], await api.ColumnsUnderAsync(old));
        Assert.Equal(200, (await affiliate.Admin.GetAsync("/api/users")).Status);
    }

    [Fact]
    public async Task The_master_key_is_replaced_by_one_that_the_settings_name()
    {
        using var own = new RotationApi();
        await own.InitializeAsync();
        try
        {
            var affiliate = await own.GivenAffiliateAsync();
            var (number, id) = await affiliate.GivenWaitingAsync("said before");
            (string, string)[] moved =
            [
                ("Encryption:MasterKey", Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))),
                ("Encryption:MasterKeyId", "test-2"),
            ];
            await using (var host = own.Start([.. moved, ("Encryption:PreviousMasterKeys:test-1", "S2V5cyBmb3IgdGVzdHMgb25seSwgMzIgYnl0ZXMhIS0=")]))
            {
                var (platform, admin) = (new Client(host.Address, own.Platform.Token), new Client(host.Address, affiliate.Admin.Token));
                (await admin.PostAsync("/api/admin/encryption/rotate", new { scope = "master" })).Problem(403, "caller.forbidden");
                Assert.Equal(400, (await platform.PostAsync("/api/admin/encryption/rotate", new { scope = "everything" })).Status);
                await (await platform.PostAsync("/api/admin/encryption/rotate")).ReadAsync(202);
                await Eventually.Is(
                    async () => await (await platform.GetAsync("/api/admin/encryption")).ReadAsync(200) is var view
                        && !view.GetProperty("master").GetProperty("underWay").GetBoolean()
                        && view.GetProperty("master").GetProperty("wrapped").EnumerateObject().All(one => one.Name == "test-2"),
                    "all keys are wrapped anew");
            }

            await using var fresh = own.Start(moved);
            var after = new Client(fresh.Address, affiliate.Admin.Token);
            Assert.Equal("said before", (await after.MessagesAsync(id))[0].GetProperty("content").GetString());
            Assert.Single((await (await after.PostAsync("/api/texters/search", new { phone = number })).ReadAsync(200)).GetProperty("items").EnumerateArray());
            Assert.False((await (await after.GetAsync("/api/admin/encryption")).ReadAsync(200)).TryGetProperty("master", out var none) && none.ValueKind != JsonValueKind.Null);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private static async Task<Guid> ActiveKeyAsync(Client admin) =>
        (await KeysAsync(admin)).Single(key => key.GetProperty("state").GetString() == "active").GetProperty("keyId").GetGuid();

    private static async Task<string?> StateAsync(Client admin, Guid id) =>
        (await KeysAsync(admin)).Single(key => key.GetProperty("keyId").GetGuid() == id).GetProperty("state").GetString();

    private static async Task<List<JsonElement>> KeysAsync(Client admin) =>
        [.. (await (await admin.GetAsync("/api/admin/encryption")).ReadAsync(200)).GetProperty("keys").EnumerateArray()];
}
