using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class UsersTests(ChatApi api)
{
    [Fact]
    public async Task A_user_is_shown_without_a_password_and_stored_under_seal()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("users", affiliate).With("programIds", new JsonArray(affiliate.ProgramId));

        var made = (await affiliate.Admin.MakeAsync("users", body)).View;

        Assert.Equal(
            ["affiliateId", "createdAt", "email", "id", "maxConcurrent", "name", "programIds", "role", "status", "unreadable", "updatedAt", "version"],
            made.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, made.GetProperty("maxConcurrent").GetInt32());
        Assert.Equal("active", made.GetProperty("status").GetString());
        Assert.Equal([affiliate.ProgramId], made.GetProperty("programIds").EnumerateArray().Select(id => id.GetGuid()));
        foreach (var hidden in new[] { body.Word("email"), body.Word("name") })
        {
            Assert.Equal(0L, await api.AskAsync<long>(
                "select count(*) from users where position($1::bytea in email) > 0 or position($1::bytea in name) > 0",
                Encoding.UTF8.GetBytes(hidden)));
            Assert.DoesNotContain(hidden, api.Logged, StringComparison.Ordinal);
        }

        await SignInAsync(body);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "email", "null" },
        { "email", "\"nobody\"" },
        { "email", "\"two@one.test, three@one.test\"" },
        { "email", JsonSerializer.Serialize(new string('a', 320) + "@b.test") },
        { "name", "\"\"" },
        { "name", "\"line\\nbreak\"" },
        { "role", "\"boss\"" },
        { "role", "\"Admin\"" },
        { "password", "\"short\"" },
        { "password", "\"\"" },
        { "password", "\"aaaaaaaaaaaaaaaa\"" },
        { "password", JsonSerializer.Serialize(new string('a', 500) + new string('b', 500) + new string('c', 25)) },
        { "status", "\"gone\"" },
        { "maxConcurrent", "0" },
        { "maxConcurrent", "51" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_field_that_is_wrong_is_named(string field, string value)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var body = Something.For("users", affiliate);
        var made = await affiliate.Admin.MakeAsync("users", body);
        var wrong = body.With(field, JsonNode.Parse(value));

        (await affiliate.Admin.CreateAsync("users", wrong)).RefusesField(field);
        (await affiliate.Admin.ChangeAsync("users", made.Id, wrong)).RefusesField(field);
    }

    [Fact]
    public async Task A_new_account_needs_a_role_and_a_password()
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();

        (await affiliate.Admin.CreateAsync("users", Something.For("users", affiliate).Without("role"))).RefusesField("role");
        (await affiliate.Admin.CreateAsync("users", Something.For("users", affiliate).Without("password"))).RefusesField("password");
    }

    [Fact]
    public async Task Programs_are_the_affiliates_own_and_named_once()
    {
        var (affiliate, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var body = Something.For("users", affiliate);
        var made = await affiliate.Admin.MakeAsync("users", body);

        foreach (var stranger in new[] { other.ProgramId, Guid.CreateVersion7() })
        {
            var wrong = body.With("programIds", new JsonArray(affiliate.ProgramId, stranger));
            (await affiliate.Admin.CreateAsync("users", wrong.With("email", "new@programs.test"))).Problem(404, "resource.not_found");
            (await affiliate.Admin.ChangeAsync("users", made.Id, Something.Again(wrong))).Problem(404, "resource.not_found");
        }

        var twice = body.With("programIds", new JsonArray(affiliate.ProgramId, affiliate.ProgramId));
        (await affiliate.Admin.CreateAsync("users", twice)).RefusesField("programIds");
        var many = body.With("programIds", new JsonArray([.. Enumerable.Range(0, 201).Select(_ => (JsonNode)Guid.NewGuid())]));
        (await affiliate.Admin.CreateAsync("users", many)).RefusesField("programIds");
    }

    [Fact]
    public async Task What_is_left_out_of_a_change_stays_as_it_is()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("users", affiliate).With("programIds", new JsonArray(affiliate.ProgramId)).With("maxConcurrent", 7);
        var made = await affiliate.Admin.MakeAsync("users", body);
        var client = await SignInAsync(body);

        var changed = await (await affiliate.Admin.ChangeAsync(
            "users", made.Id, new JsonObject { ["email"] = body["email"]!.DeepClone(), ["name"] = "Robin" })).ReadAsync(200);

        Assert.Equal("Robin", changed.GetProperty("name").GetString());
        Assert.Equal("responder", changed.GetProperty("role").GetString());
        Assert.Equal(7, changed.GetProperty("maxConcurrent").GetInt32());
        Assert.Equal([affiliate.ProgramId], changed.GetProperty("programIds").EnumerateArray().Select(id => id.GetGuid()));
        await (await client.GetAsync("/api/auth/me")).ReadAsync(200);
        var left = await (await affiliate.Admin.ChangeAsync(
            "users", made.Id, Something.Again(body).With("programIds", new JsonArray()))).ReadAsync(200);
        Assert.Empty(left.GetProperty("programIds").EnumerateArray());
    }

    [Theory]
    [InlineData("role", "supervisor")]
    [InlineData("password", "eight quiet lakes at noon")]
    [InlineData("email", "renamed-{0}@admin.test")]
    public async Task A_change_of_what_somebody_signs_in_with_signs_them_out_everywhere(string field, string value)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("users", affiliate);
        var made = await affiliate.Admin.MakeAsync("users", body);
        var (one, two) = (await SignInAsync(body), await SignInAsync(body));
        var changed = body.With(field, string.Format(null, value, Guid.NewGuid().ToString("N")));

        await (await affiliate.Admin.ChangeAsync("users", made.Id, changed)).ReadAsync(200);

        (await one.GetAsync("/api/auth/me")).Problem(401, "auth.required");
        (await two.GetAsync("/api/auth/me")).Problem(401, "auth.required");
        await SignInAsync(changed);
        if (field != "role")
        {
            (await LogInAsync(body)).Problem(401, "auth.invalid_credentials");
        }
    }

    [Fact]
    public async Task Who_is_inactive_is_signed_out_and_cannot_sign_in_until_active_again()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("users", affiliate);
        var made = await affiliate.Admin.MakeAsync("users", body);
        var client = await SignInAsync(body);

        await (await affiliate.Admin.ChangeAsync("users", made.Id, Something.Again(body).With("status", "inactive"))).ReadAsync(200);

        (await client.GetAsync("/api/auth/me")).Problem(401, "auth.required");
        (await LogInAsync(body)).Problem(401, "auth.invalid_credentials");
        await (await affiliate.Admin.ChangeAsync("users", made.Id, Something.Again(body).With("status", "active"))).ReadAsync(200);
        (await client.GetAsync("/api/auth/me")).Problem(401, "auth.required");
        await SignInAsync(body);
    }

    [Fact]
    public async Task An_address_signs_in_one_person_in_the_whole_installation()
    {
        var (affiliate, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var body = Something.For("users", affiliate);
        await affiliate.Admin.MakeAsync("users", body);
        var another = await other.Admin.MakeAsync("users", Something.For("users", other));
        var same = Something.For("users", other).With("email", "  " + body.Word("email").ToUpperInvariant());

        (await other.Admin.CreateAsync("users", same)).Problem(409, "user.email_taken");
        (await other.Admin.ChangeAsync("users", another.Id, Something.Again(same))).Problem(409, "user.email_taken");
        (await api.Platform.CreateAsync("users", same.Without("affiliateId").With("role", "admin"))).Problem(409, "user.email_taken");
    }

    [Fact]
    public async Task Of_many_accounts_with_one_address_one_is_made()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("users", affiliate);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => affiliate.Admin.CreateAsync("users", body)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Problem(409, "user.email_taken"));
    }

    [Fact]
    public async Task Who_holds_open_conversations_stays_an_active_responder_until_they_are_closed()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("users", affiliate).With("programIds", new JsonArray(affiliate.ProgramId));
        var made = await affiliate.Admin.MakeAsync("users", body);
        var responder = await SignInAsync(body);
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);

        foreach (var (member, value) in new[] { ("status", "inactive"), ("role", "supervisor") })
        {
            var leaving = Something.Again(body).With(member, value);
            (await affiliate.Admin.ChangeAsync("users", made.Id, leaving)).Problem(409, "user.holds_conversations");
        }

        (await affiliate.Admin.DeleteAsync($"/api/users/{made.Id}")).Problem(409, "user.in_use");
        await (await affiliate.Admin.ChangeAsync("users", made.Id, Something.Again(body).With("maxConcurrent", 5))).ReadAsync(200);

        await (await responder.PostAsync($"/api/conversations/{conversation}/start")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{conversation}/close", new { reason = "resolved" })).ReadAsync(200);
        (await affiliate.Admin.DeleteAsync($"/api/users/{made.Id}")).Problem(409, "user.in_use");
        await (await affiliate.Admin.ChangeAsync("users", made.Id, Something.Again(body).With("status", "inactive"))).ReadAsync(200);
    }

    [Fact]
    public async Task Who_is_made_inactive_takes_no_conversation_in_the_same_moment()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("users", affiliate).With("programIds", new JsonArray(affiliate.ProgramId));
        var made = await affiliate.Admin.MakeAsync("users", body);
        var responder = await SignInAsync(body);
        var (_, conversation) = await affiliate.GivenWaitingAsync();

        await using var theirs = await HeldRow.TakeAsync(api, "select from users where id = $1 for update", made.Id);
        var change = affiliate.Admin.ChangeAsync("users", made.Id, Something.Again(body).With("status", "inactive"));
        await theirs.UntilWaitingAsync(1);
        var claim = responder.PostAsync($"/api/conversations/{conversation}/claim");
        await theirs.UntilWaitingAsync(2);
        await theirs.LetGoAsync();

        await (await change).ReadAsync(200);
        (await claim).Problem(409, "responder.at_capacity");
    }

    [Fact]
    public async Task Whose_account_is_removed_is_signed_out_and_their_address_is_free()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("users", affiliate).With("programIds", new JsonArray(affiliate.ProgramId));
        var made = await affiliate.Admin.MakeAsync("users", body);
        var client = await SignInAsync(body);

        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/users/{made.Id}")).Status);

        (await client.GetAsync("/api/auth/me")).Problem(401, "auth.required");
        (await LogInAsync(body)).Problem(401, "auth.invalid_credentials");
        await affiliate.Admin.MakeAsync("users", body);
    }

    [Fact]
    public async Task Nobody_removes_themselves()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var me = (await (await affiliate.Admin.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("id").GetGuid();

        (await affiliate.Admin.DeleteAsync($"/api/users/{me}")).Problem(409, "user.self");
    }

    [Fact]
    public async Task A_user_without_an_affiliate_is_a_platform_admin()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("users", affiliate).Without("affiliateId");

        (await api.Platform.CreateAsync("users", body)).RefusesField("role");
        (await api.Platform.CreateAsync("users", body.With("role", "admin").With("programIds", new JsonArray(affiliate.ProgramId))))
            .Problem(404, "resource.not_found");
        var made = await api.Platform.MakeAsync("users", body.With("role", "admin"));

        Assert.Equal(JsonValueKind.Null, made.View.GetProperty("affiliateId").ValueKind);
        (await api.Platform.ChangeAsync("users", made.Id, Something.Again(body))).RefusesField("role");
        (await affiliate.Admin.GetAsync($"/api/users/{made.Id}")).Problem(404, "resource.not_found");
        await (await (await SignInAsync(body)).GetAsync("/api/affiliates")).ReadAsync(200);
        Assert.Equal(204, (await api.Platform.DeleteAsync($"/api/users/{made.Id}")).Status);
    }

    [Fact]
    public async Task An_affiliates_admin_need_not_say_where_somebody_belongs()
    {
        var affiliate = await api.GivenAffiliateAsync();

        var made = await affiliate.Admin.MakeAsync("users", Something.For("users", affiliate).Without("affiliateId"));

        Assert.Equal(affiliate.Id, made.View.GetProperty("affiliateId").GetGuid());
    }

    private Task<Answer> LogInAsync(JsonObject body) =>
        api.Anonymous.PostAsync("/api/auth/login", new { email = body.Word("email"), password = body.Word("password") });

    private Task<Client> SignInAsync(JsonObject body) => api.SignInAsync(body.Word("email"), body.Word("password"));
}
