using System.Globalization;

namespace Chat.Api.Tests.Sessions;

[Collection(ApiSuite.Name)]
public sealed class PasswordLinkTests(ChatApi api)
{
    private const string NewPassword = "nine quiet hills at dusk";

    [Fact]
    public async Task A_link_by_mail_sets_a_new_password_once_and_ends_all_sessions()
    {
        await using var mail = FakeMail.Start();
        await using var host = Mailing(mail);
        var (client, id, email) = await PersonAsync();

        Assert.Equal(202, (await new Client(host.Address).PostAsync("/api/auth/password/forgot", new { email = email.ToUpperInvariant() })).Status);
        var received = await MailAsync(mail, to: email);
        var token = TokenIn(received.Text);
        Assert.Equal(43, token.Length);
        Assert.Equal(0L, await api.AskAsync<long>("select count(*) from password_resets where user_id = $1 and encode(token_hash, 'escape') like '%' || $2 || '%'", id, token));
        Assert.DoesNotContain(token, api.Logged, StringComparison.Ordinal);

        (await ResetAsync(token, "short")).Problem(400, "request.invalid");
        (await ResetAsync(token, email + " and more")).Problem(400, "request.invalid");
        Assert.Equal(204, (await ResetAsync(token, NewPassword)).Status);

        (await ResetAsync(token, "five slow clouds at noon")).Problem(409, "auth.link_over");
        Assert.Equal(401, (await client.GetAsync("/api/auth/me")).Status);
        Assert.Equal(200, (await (await api.SignInAsync(email, NewPassword)).GetAsync("/api/auth/me")).Status);
    }

    [Fact]
    public async Task A_link_has_its_time_and_a_newer_one_takes_its_place()
    {
        await using var mail = FakeMail.Start();
        await using var host = Mailing(mail);
        var (_, id, email) = await PersonAsync();
        var anybody = new Client(host.Address);
        await anybody.PostAsync("/api/auth/password/forgot", new { email });
        var first = TokenIn((await MailAsync(mail, to: email)).Text);
        await anybody.PostAsync("/api/auth/password/forgot", new { email });
        var second = TokenIn((await MailAsync(mail, to: email, number: 2)).Text);

        (await ResetAsync(first, NewPassword)).Problem(409, "auth.link_over");
        Assert.Equal(1, await api.ChangeAsync("update password_resets set expires_at = expires_at - interval '31 minutes' where user_id = $1", id));
        (await ResetAsync(second, NewPassword)).Problem(409, "auth.link_over");
        (await ResetAsync("nothing that we made", NewPassword)).Problem(409, "auth.link_over");
    }

    [Fact]
    public async Task Nobody_learns_which_addresses_exist_and_nobody_is_mailed_without_end()
    {
        await using var mail = FakeMail.Start();
        await using var host = Mailing(mail);
        var (_, _, email) = await PersonAsync();
        var anybody = new Client(host.Address);

        foreach (var address in new[] { email, $"nobody-{Guid.NewGuid():n}@nowhere.test" })
        {
            var answers = new List<Answer>();
            for (var time = 0; time < 5; time++)
            {
                answers.Add(await anybody.PostAsync("/api/auth/password/forgot", new { email = address }));
            }

            Assert.Equal([202, 202, 202, 429, 429], answers.Select(answer => answer.Status));
            answers[^1].Problem(429, "auth.too_many_attempts");
            Assert.True(answers[^1].Headers.RetryAfter!.Delta > TimeSpan.Zero);
        }

        await MailAsync(mail, to: email, number: 3);
        Assert.Equal(3, mail.Received.Count);
        await api.ChangeAsync("delete from guess_lanes");
    }

    [Fact]
    public async Task Where_no_mail_is_sent_the_answer_is_the_same()
    {
        var (_, id, email) = await PersonAsync();

        Assert.Equal(202, (await api.Anonymous.PostAsync("/api/auth/password/forgot", new { email })).Status);
        Assert.Equal(0L, await api.AskAsync<long>("select count(*) from password_resets where user_id = $1", id));
        await api.ChangeAsync("delete from guess_lanes");
    }

    [Fact]
    public async Task An_admin_hands_somebody_a_link_and_nobody_one_for_themselves()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, id) = await affiliate.GivenResponderAsync();
        var stranger = await api.GivenAffiliateAsync();
        var email = (await (await affiliate.Admin.GetAsync($"/api/users/{id}")).ReadAsync(200)).GetProperty("email").GetString()!;

        Assert.Equal(404, (await stranger.Admin.PostAsync($"/api/users/{id}/password-link")).Status);
        Assert.Equal(403, (await responder.PostAsync($"/api/users/{id}/password-link")).Status);
        var self = (await (await affiliate.Admin.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("id").GetGuid();
        (await affiliate.Admin.PostAsync($"/api/users/{self}/password-link")).Problem(409, "user.self");
        var link = (await (await affiliate.Admin.PostAsync($"/api/users/{id}/password-link")).ReadAsync(200)).GetProperty("link").GetString()!;
        Assert.StartsWith(ChatApi.PublicUrl + "/new-password#", link, StringComparison.Ordinal);

        Assert.Equal(204, (await ResetAsync(link.Split('#')[1], NewPassword)).Status);

        Assert.Equal(200, (await (await api.SignInAsync(email, NewPassword)).GetAsync("/api/auth/me")).Status);
        Assert.Equal(1L, await api.AskAsync<long>("select count(*) from audit_entries where action = 'ResetPassword' and $1 = any(subjects)", id));
    }

    [Fact]
    public async Task Signing_somebody_out_everywhere_ends_their_links_too()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (_, id) = await affiliate.GivenResponderAsync();
        var link = (await (await affiliate.Admin.PostAsync($"/api/users/{id}/password-link")).ReadAsync(200)).GetProperty("link").GetString()!;

        await affiliate.Admin.DeleteAsync($"/api/users/{id}/sessions");

        (await ResetAsync(link.Split('#')[1], NewPassword)).Problem(409, "auth.link_over");
    }

    [Fact]
    public async Task Who_is_given_an_account_without_a_password_chooses_one()
    {
        await using var mail = FakeMail.Start();
        await using var host = Mailing(mail);
        var affiliate = await TestAffiliate.CreateAsync(api);
        var email = $"new-{Guid.NewGuid():n}@affiliate.test";
        var account = new { email, name = "New", role = "responder", programIds = new[] { affiliate.ProgramId } };
        (await affiliate.Admin.PostAsync("/api/users", account)).Problem(400, "request.invalid");

        await (await new Client(host.Address, affiliate.Admin.Token).PostAsync("/api/users", account)).ReadAsync(201);

        Assert.Equal(204, (await ResetAsync(TokenIn((await MailAsync(mail, to: email)).Text), NewPassword)).Status);
        Assert.Equal(200, (await (await api.SignInAsync(email, NewPassword)).GetAsync("/api/auth/me")).Status);
    }

    private ChatApi.Host Mailing(FakeMail mail) => api.Start(
        ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", mail.Port.ToString(CultureInfo.InvariantCulture)), ("Smtp:From", "Chat <chat@chat.test>"), ("Smtp:Tls", "none"));

    private Task<Answer> ResetAsync(string token, string password) => api.Anonymous.PostAsync("/api/auth/password/reset", new { token, password });

    private static Task<ReceivedMail> MailAsync(FakeMail mail, string to, int number = 1) => Eventually.Get(
        () => Task.FromResult(mail.To(to).ElementAtOrDefault(number - 1)), "the mail with the link");

    private static string TokenIn(string text) => text.Split("/new-password#", 2)[1].Split('\n')[0].Trim();

    private async Task<(Client Client, Guid Id, string Email)> PersonAsync()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (client, id) = await affiliate.GivenResponderAsync();
        return (client, id, (await (await affiliate.Admin.GetAsync($"/api/users/{id}")).ReadAsync(200)).GetProperty("email").GetString()!);
    }
}
