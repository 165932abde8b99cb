using Chat.Api.Tests.Administration;

namespace Chat.Api.Tests.Sessions;

[Collection(ApiSuite.Name)]
public sealed class SecondFactorTests(ChatApi api)
{
    [Fact]
    public async Task Who_has_a_second_factor_is_asked_for_its_code()
    {
        var person = await PersonAsync();
        var (app, _) = await EnableAsync(person.Client);

        (await LogInAsync(person.Email, null)).Problem(401, "auth.code_required");
        var wrong = (await LogInAsync(person.Email, "000000")).Problem(401, "auth.invalid_credentials");
        var wrongPassword = (await LogInAsync(person.Email, "000000", "not the password")).Problem(401, "auth.invalid_credentials");
        Assert.Equal(wrong.GetProperty("title").GetString(), wrongPassword.GetProperty("title").GetString());
        (await LogInAsync(person.Email, null, "not the password")).Problem(401, "auth.invalid_credentials");

        var session = await (await LogInAsync(person.Email, app.Next())).ReadAsync(200);
        Assert.True(session.GetProperty("user").GetProperty("secondFactor").GetBoolean());
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var person = await PersonAsync();
        var (app, _) = await EnableAsync(person.Client);
        var code = app.Next();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => LogInAsync(person.Email, code)));

        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        (await LogInAsync(person.Email, code)).Problem(401, "auth.invalid_credentials");
    }

    [Theory]
    [InlineData("update sign_ins set second_factor = true where user_id = $1")]
    [InlineData("update sign_ins set password_hash = 'another' where user_id = $1")]
    public async Task Who_signs_in_while_the_owner_changes_what_it_takes_is_held_against_the_new(string change)
    {
        var person = await PersonAsync();
        await using var owner = await HeldRow.TakeAsync(api, "select from users where id = $1 for no key update", person.Id);

        var signingIn = LogInAsync(person.Email, null);
        await Task.WhenAny(signingIn, owner.UntilWaitingAsync(1));
        await api.ChangeAsync(change, person.Id);
        await owner.LetGoAsync();

        (await signingIn).Problem(401, "auth.invalid_credentials");
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_however_it_is_typed()
    {
        var person = await PersonAsync();
        var (_, codes) = await EnableAsync(person.Client);
        Assert.Equal(10, codes.Distinct().Count());

        Assert.Equal(200, (await LogInAsync(person.Email, codes[0])).Status);
        (await LogInAsync(person.Email, codes[0])).Problem(401, "auth.invalid_credentials");
        Assert.Equal(200, (await LogInAsync(person.Email, " " + codes[1].ToUpperInvariant().Replace("-", "", StringComparison.Ordinal))).Status);

        Assert.Equal(0L, await api.AskAsync<long>("select count(*) from recovery_codes where user_id = $1 and encode(code_hash, 'escape') like '%' || $2 || '%'", person.Id, codes[2]));
    }

    [Fact]
    public async Task A_secret_that_was_not_shown_to_work_asks_for_nothing()
    {
        var person = await PersonAsync();
        await (await person.Client.PostAsync("/api/auth/mfa/setup")).ReadAsync(200);

        (await person.Client.PostAsync("/api/auth/mfa/enable", new { code = "000000" })).Problem(400, "request.invalid");

        Assert.Equal(200, (await LogInAsync(person.Email, null)).Status);
    }

    [Fact]
    public async Task The_secret_is_sealed_and_enabling_ends_the_other_sessions()
    {
        var person = await PersonAsync();
        var other = await api.SignInAsync(person.Email, ChatApi.Password);
        var setUp = await (await person.Client.PostAsync("/api/auth/mfa/setup")).ReadAsync(200);
        var app = new AuthenticatorApp(setUp.GetProperty("secret").GetString()!);
        Assert.StartsWith("otpauth://totp/Chat:", setUp.GetProperty("otpauthUri").GetString(), StringComparison.Ordinal);

        await (await person.Client.PostAsync("/api/auth/mfa/enable", new { code = app.Next() })).ReadAsync(200);

        Assert.Equal(66, await api.AskAsync<int>("select length(secret) from second_factors where user_id = $1", person.Id));
        Assert.Equal(401, (await other.GetAsync("/api/auth/me")).Status);
        Assert.True((await (await person.Client.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("secondFactor").GetBoolean());
        (await person.Client.PostAsync("/api/auth/mfa/setup")).Problem(409, "auth.second_factor_enabled");
    }

    [Fact]
    public async Task Who_signed_in_a_while_ago_gives_their_password_to_turn_it_on()
    {
        var person = await PersonAsync();
        await api.ChangeAsync("update sessions set created_at = created_at - interval '16 minutes' where user_id = $1", person.Id);
        var setUp = await (await person.Client.PostAsync("/api/auth/mfa/setup")).ReadAsync(200);
        var code = new AuthenticatorApp(setUp.GetProperty("secret").GetString()!).Next();

        (await person.Client.PostAsync("/api/auth/mfa/enable", new { code })).Problem(409, "auth.password_required");
        (await person.Client.PostAsync("/api/auth/mfa/enable", new { code, password = "not the password" })).Problem(400, "request.invalid");
        Assert.False((await (await person.Client.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("secondFactor").GetBoolean());

        await (await person.Client.PostAsync("/api/auth/mfa/enable", new { code, password = ChatApi.Password })).ReadAsync(200);
        Assert.True((await (await person.Client.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("secondFactor").GetBoolean());
    }

    [Fact]
    public async Task Turning_it_off_takes_both_factors()
    {
        var person = await PersonAsync();
        (await person.Client.PostAsync("/api/auth/mfa/disable", new { password = ChatApi.Password, code = "000000" })).Problem(409, "auth.second_factor_missing");
        var (app, codes) = await EnableAsync(person.Client);

        (await person.Client.PostAsync("/api/auth/mfa/disable", new { password = "not the password", code = app.Next() })).Problem(400, "request.invalid");
        (await person.Client.PostAsync("/api/auth/mfa/disable", new { password = ChatApi.Password, code = "000000" })).Problem(400, "request.invalid");
        Assert.Equal(204, (await person.Client.PostAsync("/api/auth/mfa/disable", new { password = ChatApi.Password, code = codes[0] })).Status);

        Assert.Equal(200, (await LogInAsync(person.Email, null)).Status);
    }

    [Fact]
    public async Task An_admin_resets_it_for_others_of_the_affiliate_and_that_is_on_record()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();
        var email = await EmailAsync(affiliate, id);
        await EnableAsync(responder);
        var stranger = await api.GivenAffiliateAsync();

        Assert.Equal(404, (await stranger.Admin.DeleteAsync($"/api/users/{id}/second-factor")).Status);
        Assert.Equal(403, (await responder.DeleteAsync($"/api/users/{id}/second-factor")).Status);
        var self = (await (await affiliate.Admin.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("id").GetGuid();
        (await affiliate.Admin.DeleteAsync($"/api/users/{self}/second-factor")).Problem(409, "user.self");
        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/users/{id}/second-factor")).Status);

        Assert.Equal(401, (await responder.GetAsync("/api/auth/me")).Status);
        Assert.Equal(200, (await LogInAsync(email, null)).Status);
        Assert.Equal(1L, await api.AskAsync<long>("select count(*) from audit_entries where action = 'ResetSecondFactor' and $1 = any(subjects)", id));
    }

    [Fact]
    public async Task Who_has_to_have_one_can_only_set_it_up_until_they_have()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (_, id) = await affiliate.GivenUserAsync("supervisor");
        var (responder, _) = await affiliate.GivenResponderAsync();
        var email = await EmailAsync(affiliate, id);
        await using var strict = api.Start(("SignIn:SecondFactor", "leads"));
        var supervisor = await ChatApi.SignInAsync(strict.Address, email, ChatApi.Password);

        var me = await (await supervisor.GetAsync("/api/auth/me")).ReadAsync(200);
        Assert.True(me.GetProperty("mustSetUpSecondFactor").GetBoolean());
        foreach (var path in new[] { "/api/conversations", "/api/queue", "/api/supervision/overview", "/api/notifications", "/api/desk/stream" })
        {
            (await supervisor.GetAsync(path)).Problem(403, "auth.second_factor_required");
        }

        Assert.Equal(200, (await new Client(strict.Address, responder.Token).GetAsync("/api/queue")).Status);
        await EnableAsync(supervisor);

        Assert.Equal(200, (await supervisor.GetAsync("/api/conversations")).Status);
        Assert.False((await (await supervisor.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("mustSetUpSecondFactor").GetBoolean());
        Assert.Equal(204, (await supervisor.PostAsync("/api/auth/logout")).Status);
    }

    private static async Task<(AuthenticatorApp App, List<string> Codes)> EnableAsync(Client client)
    {
        var setUp = await (await client.PostAsync("/api/auth/mfa/setup")).ReadAsync(200);
        var app = new AuthenticatorApp(setUp.GetProperty("secret").GetString()!);
        var enabled = await (await client.PostAsync("/api/auth/mfa/enable", new { code = app.Next() })).ReadAsync(200);
        return (app, enabled.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!).ToList());
    }

    private async Task<(Client Client, Guid Id, string Email)> PersonAsync()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (client, id) = await affiliate.GivenResponderAsync();
        return (client, id, await EmailAsync(affiliate, id));
    }

    private static async Task<string> EmailAsync(TestAffiliate affiliate, Guid id) =>
        (await (await affiliate.Admin.GetAsync($"/api/users/{id}")).ReadAsync(200)).GetProperty("email").GetString()!;

    private Task<Answer> LogInAsync(string email, string? code, string password = ChatApi.Password) =>
        api.Anonymous.PostAsync("/api/auth/login", new { email, password, code });
}
