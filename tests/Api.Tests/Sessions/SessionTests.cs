using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Chat.Api.Tests.Sessions;

[Collection(ApiSuite.Name)]
public sealed class SessionTests(ChatApi api)
{
    [Fact]
    public async Task Who_signs_in_is_told_who_they_are()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();

        var me = await (await responder.GetAsync("/api/auth/me")).ReadAsync(200);

        Assert.Equal(id, me.GetProperty("id").GetGuid());
        Assert.Equal("responder", me.GetProperty("role").GetString());
        Assert.Equal(affiliate.Id, me.GetProperty("affiliateId").GetGuid());
        Assert.Equal([affiliate.ProgramId], me.GetProperty("programIds").EnumerateArray().Select(program => program.GetGuid()));
        Assert.Equal(JsonValueKind.Null, (await (await api.Platform.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("affiliateId").ValueKind);
    }

    [Theory]
    [InlineData("platform@chat.test", "wrong password here")]
    [InlineData("nobody@chat.test", "seven calm rivers at dawn")]
    [InlineData("' or 1=1 --", "x")]
    public async Task A_wrong_password_and_an_unknown_address_are_one_answer(string email, string password)
    {
        var problem = (await api.Anonymous.PostAsync("/api/auth/login", new { email, password })).Problem(401, "auth.invalid_credentials");

        Assert.Equal("The e-mail address or the password is wrong.", problem.GetProperty("title").GetString());
    }

    [Fact]
    public async Task An_address_signs_in_in_any_case()
    {
        var session = await (await api.Anonymous.PostAsync("/api/auth/login", new { email = " Platform@CHAT.test ", password = ChatApi.Password })).ReadAsync(200);

        Assert.True(session.GetProperty("expiresIn").GetInt32() is > 0 and <= 900);
    }

    [Fact]
    public async Task Signing_in_and_failing_to_is_put_on_record()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();
        var email = (await (await responder.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("email").GetString()!;

        (await api.Anonymous.PostAsync("/api/auth/login", new { email, password = "eleven wild geese at noon" })).Problem(401, "auth.invalid_credentials");
        (await api.Anonymous.PostAsync("/api/auth/login", new { email = $"not-{email}", password = "eleven wild geese at noon" })).Problem(401, "auth.invalid_credentials");

        await Eventually.Is(async () => (await EntriesAsync("LogInFailed")).Count > 0, "the failure is put on record");
        Assert.Equal(JsonValueKind.Null, Assert.Single(await EntriesAsync("LogInFailed")).GetProperty("actorId").ValueKind);
        Assert.Equal(id, Assert.Single(await EntriesAsync("LogIn")).GetProperty("actorId").GetGuid());
        Assert.Contains($"A sign-in as user {id} failed.", api.Logged, StringComparison.Ordinal);
        Assert.Contains("A sign-in with an address that is nobody's failed.", api.Logged, StringComparison.Ordinal);
        Assert.DoesNotContain(email, api.Logged, StringComparison.OrdinalIgnoreCase);

        async Task<List<JsonElement>> EntriesAsync(string action) =>
            [.. (await (await affiliate.Admin.GetAsync($"/api/admin/audit?action={action}&subject={id}")).ReadAsync(200)).GetProperty("items").EnumerateArray()];
    }

    [Fact]
    public async Task Who_is_refused_is_in_the_log_by_id_route_and_reason()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();

        (await responder.GetAsync($"/api/channels/{affiliate.ChannelId}")).Problem(403, "caller.forbidden");

        Assert.Contains($"User {id} was refused HTTP: GET /api/channels/{{id:guid}}", api.Logged, StringComparison.Ordinal);
        Assert.DoesNotContain(affiliate.ChannelId.ToString(), api.Logged, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_ends_its_session_when_it_comes_back_late()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (_, id) = await affiliate.GivenResponderAsync();
        var first = await SignInAsync(affiliate, id);
        var second = await RefreshAsync(first);
        var third = await RefreshAsync(second);
        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());

        await api.AskAsync<long>(
            """
            with aged as (
                update refresh_tokens set used_at = used_at - interval '1 minute'
                where used_at is not null and session_id in (select id from sessions where user_id = $1) returning 1)
            select count(*) from aged
            """,
            id);
        (await api.Anonymous.PostAsync("/api/auth/refresh", new { refreshToken = first })).Problem(401, "auth.session_expired");

        (await api.Anonymous.PostAsync("/api/auth/refresh", new { refreshToken = third })).Problem(401, "auth.session_expired");
    }

    [Fact]
    public async Task Two_tabs_that_refresh_at_once_both_go_on()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (_, id) = await affiliate.GivenResponderAsync();
        var token = await SignInAsync(affiliate, id);

        var tabs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RefreshAsync(token)));

        Assert.Equal(4, tabs.Distinct().Count());
        Assert.All(await Task.WhenAll(tabs.Select(RefreshAsync)), Assert.NotNull);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        Assert.Equal(200, (await responder.GetAsync("/api/auth/me")).Status);

        Assert.Equal(204, (await responder.PostAsync("/api/auth/logout")).Status);

        (await responder.GetAsync("/api/auth/me")).Problem(401, "auth.required");
    }

    [Fact]
    public async Task The_web_app_gets_its_refresh_token_in_a_cookie_that_no_script_reads()
    {
        var answer = await api.Anonymous.PostAsync("/api/auth/login", new { email = ChatApi.AdminEmail, password = ChatApi.Password, cookie = true });

        Assert.Equal(JsonValueKind.Null, (await answer.ReadAsync(200)).GetProperty("refreshToken").ValueKind);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        var cookie = Assert.Single(cookies, one => one.StartsWith("__Host-chat-refresh=", StringComparison.Ordinal));
        Assert.All(cookies, one => Assert.All(
            new[] { "secure", "httponly", "samesite=strict", "path=/" }, flag => Assert.Contains(flag, one, StringComparison.OrdinalIgnoreCase)));
        var refreshed = await api.Anonymous.PostAsync("/api/auth/refresh", new { }, ("Cookie", cookie.Split(';')[0]));
        Assert.Equal(JsonValueKind.Null, (await refreshed.ReadAsync(200)).GetProperty("refreshToken").ValueKind);
        Assert.Single(refreshed.Headers.GetValues("Set-Cookie"));
    }

    [Fact]
    public async Task Changing_the_password_ends_all_sessions()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();
        var email = await EmailAsync(affiliate, id);

        (await responder.PostAsync("/api/auth/password", new { currentPassword = "not it at all", newPassword = "nine quiet hills at dusk" })).Problem(400, "request.invalid");
        (await responder.PostAsync("/api/auth/password", new { currentPassword = ChatApi.Password, newPassword = "short" })).Problem(400, "request.invalid");
        Assert.Equal(204, (await responder.PostAsync("/api/auth/password", new { currentPassword = ChatApi.Password, newPassword = "nine quiet hills at dusk" })).Status);

        Assert.Equal(401, (await responder.GetAsync("/api/auth/me")).Status);
        Assert.Equal(401, (await api.Anonymous.PostAsync("/api/auth/login", new { email, password = ChatApi.Password })).Status);
        Assert.Equal(200, (await (await api.SignInAsync(email, "nine quiet hills at dusk")).GetAsync("/api/auth/me")).Status);
    }

    /// <summary>Tokens that are almost right: each wrong in one thing, and signed with the right key where that is not the thing.</summary>
    [Theory]
    [InlineData("none", """{"alg":"none","typ":"at+jwt"}""", "")]
    [InlineData("other algorithm", """{"alg":"HS512","typ":"at+jwt"}""", "")]
    [InlineData("other type", """{"alg":"HS256","typ":"JWT"}""", "")]
    [InlineData("other order", """{"typ":"at+jwt","alg":"HS256"}""", "")]
    [InlineData("key from outside", """{"alg":"HS256","typ":"at+jwt","jku":"https://evil.example/keys"}""", "")]
    [InlineData("issuer", null, "iss")]
    [InlineData("audience", null, "aud")]
    [InlineData("expired", null, "exp")]
    [InlineData("not yet", null, "nbf")]
    [InlineData("role", null, "role")]
    [InlineData("no session", null, "sid")]
    [InlineData("missing", null, "sub")]
    [InlineData("signature", null, "signature")]
    public async Task A_token_that_is_wrong_in_one_thing_is_no_token(string what, string? header, string claim)
    {
        var valid = (await api.SignInAsync(ChatApi.AdminEmail, ChatApi.Password)).Token!.Split('.');
        var claims = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Decode(valid[1]))!;
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Dictionary<string, object> changed = claims.ToDictionary(pair => pair.Key, pair => (object)pair.Value);
        switch (claim)
        {
            case "iss" or "aud":
                changed[claim] = "somebody else";
                break;
            case "exp":
                changed[claim] = now - 120;
                break;
            case "nbf":
                changed[claim] = now + 120;
                break;
            case "role":
                changed[claim] = "emperor";
                break;
            case "sid":
                changed[claim] = Guid.NewGuid();
                break;
            case "sub":
                changed.Remove(claim);
                break;
        }

        var head = header is null ? valid[0] : Encode(Encoding.UTF8.GetBytes(header));
        var payload = Encode(JsonSerializer.SerializeToUtf8Bytes(changed));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(claim == "signature" ? "another secret, also long enough to be one" : ChatApi.TestJwtSecret), Encoding.ASCII.GetBytes(head + "." + payload));
        var token = what == "none" ? $"{head}.{payload}." : $"{head}.{payload}.{Encode(signature)}";

        (await new Client(api.Address, token).GetAsync("/api/auth/me")).Problem(401, "auth.required");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    public async Task Rubbish_is_no_token(string token) => (await new Client(api.Address, token).GetAsync("/api/auth/me")).Problem(401, "auth.required");

    [Fact]
    public async Task A_refresh_token_is_no_access_token_and_a_valid_one_cut_is_none()
    {
        var session = await (await api.Anonymous.PostAsync("/api/auth/login", new { email = ChatApi.AdminEmail, password = ChatApi.Password })).ReadAsync(200);

        (await new Client(api.Address, session.GetProperty("refreshToken").GetString()).GetAsync("/api/auth/me")).Problem(401, "auth.required");
        (await new Client(api.Address, session.GetProperty("accessToken").GetString()![..^1]).GetAsync("/api/auth/me")).Problem(401, "auth.required");
    }

    private static byte[] Decode(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static async Task<string> EmailAsync(TestAffiliate affiliate, Guid id) =>
        (await (await affiliate.Admin.GetAsync($"/api/users/{id}")).ReadAsync(200)).GetProperty("email").GetString()!;

    private async Task<string> SignInAsync(TestAffiliate affiliate, Guid id) =>
        (await (await api.Anonymous.PostAsync("/api/auth/login", new { email = await EmailAsync(affiliate, id), password = ChatApi.Password })).ReadAsync(200)).GetProperty("refreshToken").GetString()!;

    private async Task<string> RefreshAsync(string token) =>
        (await (await api.Anonymous.PostAsync("/api/auth/refresh", new { refreshToken = token })).ReadAsync(200)).GetProperty("refreshToken").GetString()!;
}
