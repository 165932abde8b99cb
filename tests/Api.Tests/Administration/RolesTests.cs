using System.Text.Json.Nodes;

namespace Chat.Api.Tests.Administration;

/// <summary>Who may manage what: every kind, every operation, every role.</summary>
[Collection(ApiSuite.Name)]
public sealed class RolesTests(ChatApi api)
{
    public static TheoryData<string> AllKinds => [.. Something.AllKinds];

    public static TheoryData<string> Kinds => [.. Something.Kinds];

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task Who_is_not_signed_in_is_asked_to_sign_in(string kind)
    {
        var (affiliate, made, body) = await GivenAsync(kind);

        foreach (var answer in await AllOperationsAsync(api.Anonymous, kind, made, body))
        {
            answer.Problem(401, "auth.required");
        }

        await RequireUntouchedAsync(affiliate, kind, made);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_responder_manages_nothing(string kind)
    {
        var (affiliate, made, body) = await GivenAsync(kind);
        var (responder, _) = await affiliate.GivenResponderAsync();

        await RequireManagesNothingAsync(responder, kind, made, body);

        await RequireUntouchedAsync(affiliate, kind, made);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_supervisor_manages_nothing(string kind)
    {
        var (affiliate, made, body) = await GivenAsync(kind);
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");

        await RequireManagesNothingAsync(supervisor, kind, made, body);

        await RequireUntouchedAsync(affiliate, kind, made);
    }

    [Fact]
    public async Task An_affiliates_admin_manages_no_affiliate_not_even_their_own()
    {
        var (affiliate, made, body) = await GivenAsync("affiliates");

        foreach (var answer in await AllOperationsAsync(affiliate.Admin, "affiliates", made, body))
        {
            answer.Problem(403, "caller.forbidden");
        }

        (await affiliate.Admin.GetAsync($"/api/affiliates/{affiliate.Id}")).Problem(403, "caller.forbidden");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_affiliates_admin_manages_what_is_theirs(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();

        await RequireManagesAsync(affiliate.Admin, kind, Something.For(kind, affiliate), affiliate.Id);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task The_platform_admin_manages_everything(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();

        await RequireManagesAsync(api.Platform, kind, Something.For(kind, affiliate), kind == "affiliates" ? null : affiliate.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_another_affiliates_does_not_exist(string kind)
    {
        var (affiliate, made, body) = await GivenAsync(kind);
        var other = (await api.GivenAffiliateAsync()).Admin;

        Assert.DoesNotContain(made.Id, (await other.WalkAsync($"/api/{kind}", 50)).Ids);
        var answers = new[]
        {
            await other.GetAsync($"/api/{kind}/{made.Id}"),
            await other.ChangeAsync(kind, made.Id, Something.Again(body)),
            await other.ChangeAsync(kind, made.Id, Something.Again(body).Without("affiliateId")),
            await other.DeleteAsync($"/api/{kind}/{made.Id}"),
            await other.CreateAsync(kind, body),
            await other.GetAsync($"/api/{kind}?affiliateId={affiliate.Id}"),
        };

        foreach (var answer in answers)
        {
            answer.Problem(404, "resource.not_found");
        }

        await RequireUntouchedAsync(affiliate, kind, made);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task What_does_not_exist_is_not_found_by_anybody(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.Again(Something.For(kind, affiliate));
        var id = Guid.CreateVersion7();

        foreach (var admin in kind == "affiliates" ? [api.Platform] : new[] { api.Platform, affiliate.Admin })
        {
            (await admin.GetAsync($"/api/{kind}/{id}")).Problem(404, "resource.not_found");
            (await admin.ChangeAsync(kind, id, body)).Problem(404, "resource.not_found");
            (await admin.DeleteAsync($"/api/{kind}/{id}")).Problem(404, "resource.not_found");
            (await admin.GetAsync($"/api/{kind}/{Guid.Empty}")).Problem(404, "resource.not_found");
        }
    }

    [Theory]
    [InlineData("programs", "keywords")]
    [InlineData("programs", "emergency-contacts")]
    [InlineData("emergency-contacts", "keywords")]
    [InlineData("users", "programs")]
    [InlineData("channels", "users")]
    public async Task An_id_of_another_kind_is_not_found(string kind, string otherKind)
    {
        var (affiliate, made, _) = await GivenAsync(kind);

        (await api.Platform.GetAsync($"/api/{otherKind}/{made.Id}")).Problem(404, "resource.not_found");
        (await affiliate.Admin.DeleteAsync($"/api/{otherKind}/{made.Id}")).Problem(404, "resource.not_found");
    }

    [Theory]
    [InlineData("programs")]
    [InlineData("users")]
    [InlineData("emergency-contacts")]
    public async Task An_affiliate_that_does_not_exist_takes_nothing(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();

        foreach (var nobody in new[] { Guid.CreateVersion7(), Guid.Empty })
        {
            var body = Something.For(kind, affiliate).With("affiliateId", nobody);
            (await api.Platform.CreateAsync(kind, body)).Problem(404, "resource.not_found");
            (await affiliate.Admin.CreateAsync(kind, body)).Problem(404, "resource.not_found");
            (await api.Platform.GetAsync($"/api/{kind}?affiliateId={nobody}")).Problem(404, "resource.not_found");
        }
    }

    [Theory]
    [InlineData("keywords")]
    [InlineData("channels")]
    [InlineData("surveys")]
    public async Task Nothing_can_be_hung_on_another_affiliates_program(string kind)
    {
        var (affiliate, made, body) = await GivenAsync(kind);
        var other = await api.GivenAffiliateAsync();
        var elsewhere = Something.Again(body).With("programId", other.ProgramId);

        (await affiliate.Admin.ChangeAsync(kind, made.Id, elsewhere)).Problem(404, "resource.not_found");
        (await api.Platform.ChangeAsync(kind, made.Id, elsewhere)).Problem(404, "resource.not_found");
        (await affiliate.Admin.CreateAsync(kind, Something.For(kind, other))).Problem(404, "resource.not_found");

        await RequireUntouchedAsync(affiliate, kind, made);
    }

    [Theory]
    [InlineData("programs")]
    [InlineData("users")]
    [InlineData("emergency-contacts")]
    public async Task What_belongs_to_an_affiliate_cannot_be_moved_to_another(string kind)
    {
        var (affiliate, made, body) = await GivenAsync(kind);
        var other = await api.GivenAffiliateAsync();

        (await api.Platform.ChangeAsync(kind, made.Id, Something.Again(body).With("affiliateId", other.Id))).RefusesField("affiliateId");

        await RequireUntouchedAsync(affiliate, kind, made);
    }

    [Fact]
    public async Task Audit_and_quarantine_are_for_admins()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var (supervisor, _) = await affiliate.GivenUserAsync("supervisor");
        var other = await api.GivenAffiliateAsync();

        foreach (var path in new[] { "/api/admin/audit", "/api/admin/quarantine" })
        {
            (await api.Anonymous.GetAsync(path)).Problem(401, "auth.required");
            (await responder.GetAsync(path)).Problem(403, "caller.forbidden");
            (await supervisor.GetAsync(path)).Problem(403, "caller.forbidden");
            await (await affiliate.Admin.GetAsync(path)).ReadAsync(200);
            (await affiliate.Admin.GetAsync($"{path}?affiliateId={other.Id}")).Problem(404, "resource.not_found");
        }
    }

    private async Task<(TestAffiliate Affiliate, Made Made, JsonObject Body)> GivenAsync(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(kind, affiliate);
        return (affiliate, await (kind == "affiliates" ? api.Platform : affiliate.Admin).MakeAsync(kind, body), body);
    }

    private static async Task<Answer[]> AllOperationsAsync(Client by, string kind, Made made, JsonObject body) =>
    [
        await by.GetAsync($"/api/{kind}"),
        await by.GetAsync($"/api/{kind}/{made.Id}"),
        .. await AllChangesAsync(by, kind, made, body),
    ];

    private static async Task<Answer[]> AllChangesAsync(Client by, string kind, Made made, JsonObject body) =>
    [
        await by.CreateAsync(kind, body),
        await by.ChangeAsync(kind, made.Id, Something.Again(body)),
        await by.DeleteAsync($"/api/{kind}/{made.Id}"),
    ];

    private static async Task RequireManagesNothingAsync(Client by, string kind, Made made, JsonObject body)
    {
        var isRead = Something.ReadByAll.Contains(kind);
        if (isRead)
        {
            await (await by.GetAsync($"/api/{kind}/{made.Id}")).ReadAsync(200);
            Assert.Equal([made.Id], (await by.WalkAsync($"/api/{kind}", 50)).Ids);
        }

        foreach (var answer in await (isRead ? AllChangesAsync(by, kind, made, body) : AllOperationsAsync(by, kind, made, body)))
        {
            answer.Problem(403, "caller.forbidden");
        }
    }

    private async Task RequireUntouchedAsync(TestAffiliate affiliate, string kind, Made made)
    {
        var answer = await (kind == "affiliates" ? api.Platform : affiliate.Admin).GetAsync($"/api/{kind}/{made.Id}");
        Assert.Equal(made.View.GetRawText(), (await answer.ReadAsync(200)).GetRawText());
    }

    private static async Task RequireManagesAsync(Client by, string kind, JsonObject body, Guid? affiliate)
    {
        var answer = await by.CreateAsync(kind, body);
        var made = await answer.ReadAsync(201);
        var path = $"/api/{kind}/{made.GetProperty("id").GetGuid()}";
        Assert.Equal(path, answer.Headers.Location?.ToString());
        Assert.Equal("\"1\"", answer.ETag);
        if (affiliate is not null)
        {
            Assert.Equal(affiliate, made.GetProperty("affiliateId").GetGuid());
        }

        var read = await by.GetAsync(path);
        Assert.Equal(made.GetRawText(), (await read.ReadAsync(200)).GetRawText());
        Assert.Equal("\"1\"", read.ETag);
        Assert.Contains(made.GetProperty("id").GetGuid(), (await by.WalkAsync($"/api/{kind}", 200)).Ids);

        var changed = await by.PutAsync(path, Something.Again(body), ("If-Match", read.ETag!));
        Assert.Equal(2, (await changed.ReadAsync(200)).GetProperty("version").GetInt64());
        Assert.Equal("\"2\"", changed.ETag);

        Assert.Equal(204, (await by.DeleteAsync(path, ("If-Match", "\"2\""))).Status);
        (await by.GetAsync(path)).Problem(404, "resource.not_found");
        Assert.DoesNotContain(made.GetProperty("id").GetGuid(), (await by.WalkAsync($"/api/{kind}", 200)).Ids);
    }
}
