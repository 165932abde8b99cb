namespace Chat.Api.Tests.Operations;

[Collection(ApiSuite.Name)]
public sealed class RateLimitTests(ChatApi api)
{
    [Fact]
    public async Task Whoever_calls_too_fast_is_told_when_to_come_back_and_nobody_else_is()
    {
        await using var host = api.Start(("Limits:UserBurst", "20"), ("Limits:UserPerSecond", "1"));
        var affiliate = await TestAffiliate.CreateAsync(api);
        var (one, _) = await affiliate.GivenResponderAsync();
        var (other, _) = await affiliate.GivenResponderAsync();
        var (fast, calm) = (new Client(host.Address, one.Token), new Client(host.Address, other.Token));

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => fast.GetAsync("/api/auth/me")));

        Assert.InRange(answers.Count(answer => answer.Status == 200), 20, 30);
        var refused = answers.First(answer => answer.Status != 200);
        refused.Problem(429, "request.too_many");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
        Assert.Equal(200, (await calm.GetAsync("/api/auth/me")).Status);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(200, (await fast.GetAsync("/api/auth/me")).Status);
    }

    [Theory]
    [InlineData("Session")]
    [InlineData("Affiliate")]
    [InlineData("Address")]
    public async Task A_session_an_affiliate_and_an_address_have_limits_too(string whose)
    {
        await using var host = api.Start(($"Limits:{whose}Burst", "15"), ($"Limits:{whose}PerSecond", "1"));
        var affiliate = await TestAffiliate.CreateAsync(api);
        var (responder, _) = await affiliate.GivenResponderAsync();
        var client = new Client(host.Address, responder.Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.GetAsync("/api/auth/me")));

        Assert.InRange(answers.Count(answer => answer.Status == 200), 14, 25);
        answers.First(answer => answer.Status != 200).Problem(429, "request.too_many");
    }

    [Fact]
    public async Task A_providers_calls_are_never_too_many_unless_they_prove_nothing()
    {
        await using var host = api.Start(("Limits:AddressBurst", "5"), ("Limits:AddressPerSecond", "1"), ("Limits:FailedCallBurst", "10"));
        var affiliate = await TestAffiliate.CreateAsync(api);
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = TestAffiliate.NewSid(), ["AccountSid"] = affiliate.AccountSid, ["From"] = "+16660001111", ["To"] = affiliate.Number, ["Body"] = "hi",
        };

        var forged = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => affiliate.CallAsync("/api/webhooks/twilio", form, token: "not theirs", to: host.Address)));
        var proven = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => affiliate.TextAsync(affiliate.NewTexter(), "hi", to: host.Address)));

        Assert.InRange(forged.Count(answer => answer.Status == 403), 10, 20);
        forged.First(answer => answer.Status != 403).Problem(429, "request.too_many");
        Assert.InRange(await api.AskAsync<long>("select count(*) from quarantined_calls where affiliate_id = $1", affiliate.Id), 10, 20);
        Assert.All(proven, answer => Assert.Equal(200, answer.Status));
    }

    [Fact]
    public async Task Other_pages_may_call_only_where_the_settings_name_them()
    {
        const string portal = "https://portal.example.org";
        await using var host = api.Start(("Cors:Origins:0", portal));
        var allowing = new Client(host.Address);

        var preflight = await AskFirstAsync(allowing, portal);
        Assert.Equal(portal, preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Credentials"));
        var refused = await allowing.SendAsync(HttpMethod.Get, "/api/queue", null, ("Origin", portal));
        refused.Problem(401, "auth.required");
        Assert.Equal(portal, refused.Headers.GetValues("Access-Control-Allow-Origin").Single());

        Assert.False((await AskFirstAsync(allowing, "https://elsewhere.example")).Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False((await AskFirstAsync(api.Anonymous, portal)).Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Admins_come_only_from_where_the_settings_let_them()
    {
        var affiliate = await TestAffiliate.CreateAsync(api);
        var (responder, _) = await affiliate.GivenResponderAsync();
        await using var elsewhere = api.Start(("SignIn:AdminNetworks:0", "192.0.2.0/24"));
        await using var here = api.Start(("SignIn:AdminNetworks:0", "192.0.2.7"), ("SignIn:AdminNetworks:1", "127.0.0.1"), ("SignIn:AdminNetworks:2", "::1"));

        (await new Client(elsewhere.Address, affiliate.Admin.Token).GetAsync("/api/users")).Problem(403, "auth.address_not_allowed");
        Assert.Equal(200, (await new Client(elsewhere.Address, responder.Token).GetAsync("/api/queue")).Status);
        Assert.Equal(200, (await new Client(here.Address, affiliate.Admin.Token).GetAsync("/api/users")).Status);
    }

    private static Task<Answer> AskFirstAsync(Client client, string origin) => client.SendAsync(
        HttpMethod.Options, "/api/queue", null, ("Origin", origin), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization"));
}
