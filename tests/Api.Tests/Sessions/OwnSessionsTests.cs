using System.Net.Http.Headers;

namespace Chat.Api.Tests.Sessions;

[Collection(ApiSuite.Name)]
public sealed class OwnSessionsTests(ChatApi api)
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";

    // What the issue promises, with a little for the test's own steps.
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5.5);

    [Fact]
    public async Task Somebody_sees_where_they_are_signed_in_and_signs_out_there()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (here, id) = await affiliate.GivenResponderAsync();
        var there = await SignInAsync(affiliate, id, Firefox);
        await SignInAsync(affiliate, id, Chrome);

        var listed = (await (await here.GetAsync("/api/auth/sessions")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["Chrome on Android", "Firefox on Windows", null], listed.Select(one => one.GetProperty("device").GetString()));
        Assert.Equal([false, false, true], listed.Select(one => one.GetProperty("current").GetBoolean()));
        var firefox = listed[1].GetProperty("id").GetGuid();

        Assert.Equal(204, (await here.DeleteAsync($"/api/auth/sessions/{firefox}")).Status);

        Assert.Equal(401, (await there.GetAsync("/api/auth/me")).Status);
        Assert.Equal(2, (await (await here.GetAsync("/api/auth/sessions")).ReadAsync(200)).GetProperty("items").GetArrayLength());
        (await here.DeleteAsync($"/api/auth/sessions/{firefox}")).Problem(404, "resource.not_found");
    }

    [Fact]
    public async Task Nobody_ends_somebody_elses_session_by_its_id()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (one, _) = await affiliate.GivenResponderAsync();
        var (other, _) = await affiliate.GivenResponderAsync();
        var session = (await (await one.GetAsync("/api/auth/sessions")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();

        (await other.DeleteAsync($"/api/auth/sessions/{session}")).Problem(404, "resource.not_found");

        Assert.Equal(200, (await one.GetAsync("/api/auth/me")).Status);
    }

    [Fact]
    public async Task An_admin_signs_somebody_out_everywhere_within_five_seconds_event_streams_too()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();
        await using var second = api.Start();
        var elsewhere = new Client(second.Address, responder.Token);

        await AssertEndsAsync(second.Address, elsewhere, async () =>
            Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/users/{id}/sessions")).Status));

        var stranger = await api.GivenAffiliateAsync();
        Assert.Equal(404, (await stranger.Admin.DeleteAsync($"/api/users/{id}/sessions")).Status);
    }

    [Theory]
    [InlineData("responder", "inactive")]
    [InlineData("supervisor", "active")]
    public async Task A_new_role_and_a_closed_account_take_effect_within_five_seconds(string role, string status)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();
        await using var second = api.Start();
        var found = await affiliate.Admin.GetAsync($"/api/users/{id}");
        var user = await found.ReadAsync(200);

        await AssertEndsAsync(second.Address, new Client(second.Address, responder.Token), async () =>
            await (await affiliate.Admin.PutAsync(
                $"/api/users/{id}", new { email = user.GetProperty("email").GetString(), name = user.GetProperty("name").GetString(), role, status },
                ("If-Match", found.ETag!))).ReadAsync(200));
    }

    /// <summary>Ends it on the first instance, and waits until the second takes notice: its requests, and a stream that is open there.</summary>
    private static async Task AssertEndsAsync(Uri at, Client client, Func<Task> end)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Token);
        using var stream = await http.GetStreamAsync(new Uri(at, "/api/desk/stream"));
        Assert.Equal(200, (await client.GetAsync("/api/auth/me")).Status);

        await end();

        using var patience = new CancellationTokenSource(Promised);
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer, patience.Token) > 0)
        {
        }

        Assert.Equal(401, (await client.GetAsync("/api/auth/me")).Status);
    }

    private async Task<Client> SignInAsync(TestAffiliate affiliate, Guid id, string agent)
    {
        var email = (await (await affiliate.Admin.GetAsync($"/api/users/{id}")).ReadAsync(200)).GetProperty("email").GetString()!;
        var answer = await api.Anonymous.PostAsync("/api/auth/login", new { email, password = ChatApi.Password }, ("User-Agent", agent));
        return new Client(api.Address, (await answer.ReadAsync(200)).GetProperty("accessToken").GetString());
    }
}
