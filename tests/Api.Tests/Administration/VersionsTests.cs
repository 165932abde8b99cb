namespace Chat.Api.Tests.Administration;

/// <summary>Nobody undoes somebody else's change unseen.</summary>
[Collection(ApiSuite.Name)]
public sealed class VersionsTests(ChatApi api)
{
    public static TheoryData<string> AllKinds => [.. Something.AllKinds];

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_change_names_the_version_that_it_was_made_from(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(kind, affiliate);
        var made = await api.Platform.MakeAsync(kind, body);
        var again = Something.Again(body);

        (await api.Platform.ChangeAsync(kind, made.Id, again, version: null)).Problem(428, "resource.version_required");
        Assert.Equal("\"2\"", (await api.Platform.ChangeAsync(kind, made.Id, again, made.ETag)).ETag);
        (await api.Platform.ChangeAsync(kind, made.Id, again, made.ETag)).Problem(412, "resource.stale");
    }

    [Theory]
    [InlineData("\"1\"", 200)]
    [InlineData("W/\"1\"", 200)]
    [InlineData("1", 200)]
    [InlineData("*", 200)]
    [InlineData("\"2\"", 412)]
    [InlineData("\"0\"", 412)]
    [InlineData("\"-1\"", 412)]
    [InlineData("\"1\", \"2\"", 412)]
    [InlineData("\"99999999999999999999999\"", 412)]
    [InlineData("\"one\"", 412)]
    [InlineData("\"\"", 412)]
    public async Task The_tag_is_read_as(string tag, int status)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("programs", affiliate);
        var made = await affiliate.Admin.MakeAsync("programs", body);

        Assert.Equal(status, (await affiliate.Admin.ChangeAsync("programs", made.Id, body, tag)).Status);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task Of_many_changes_made_from_one_version_one_is_made(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(kind, affiliate);
        var made = await api.Platform.MakeAsync(kind, body);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => api.Platform.ChangeAsync(kind, made.Id, Something.Again(body), made.ETag)));

        Assert.Equal([200, 412, 412, 412, 412, 412], answers.Select(answer => answer.Status).Order());
        Assert.Equal(2, (await (await api.Platform.GetAsync($"/api/{kind}/{made.Id}")).ReadAsync(200)).GetProperty("version").GetInt64());
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_removal_may_name_a_version_and_then_it_counts(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var made = await api.Platform.MakeAsync(kind, Something.For(kind, affiliate));
        var path = $"/api/{kind}/{made.Id}";

        (await api.Platform.DeleteAsync(path, ("If-Match", "\"7\""))).Problem(412, "resource.stale");
        Assert.Equal(204, (await api.Platform.DeleteAsync(path)).Status);
        (await api.Platform.DeleteAsync(path)).Problem(404, "resource.not_found");
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_repeated_request_makes_one_thing(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(kind, affiliate);
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.Platform.CreateAsync(kind, body, key)));

        Assert.All(answers, answer => Assert.Equal((201, answers[0].Text, "\"1\""), (answer.Status, answer.Text, answer.ETag)));
        (await api.Platform.CreateAsync(kind, Something.For(kind, affiliate), key)).Problem(422, "idempotency.key_reused");
    }
}
