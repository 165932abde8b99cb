using System.Text.Json;

namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class ListsTests(ChatApi api)
{
    public static TheoryData<string> AllKinds => [.. Something.AllKinds];

    public static TheoryData<string> Kinds => [.. Something.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_list_is_read_by_pages_the_oldest_first_each_once(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var made = await GivenAsync(kind, affiliate, 5);
        var all = (await affiliate.Admin.WalkAsync($"/api/{kind}", 200)).Ids;

        foreach (var limit in new[] { 1, 2, 3, all.Length })
        {
            var (ids, pages) = await affiliate.Admin.WalkAsync($"/api/{kind}", limit);
            Assert.Equal(all, ids);
            Assert.Equal((all.Length + limit - 1) / limit, pages);
        }

        Assert.Equal(made, all[^5..]);
        Assert.Equal(all, (await api.Platform.WalkAsync($"/api/{kind}?affiliateId={affiliate.Id}", 2)).Ids);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_platform_admin_pages_through_all_affiliates_in_one_order(string kind)
    {
        var (first, second) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var made = new List<Guid>();
        for (var turn = 0; turn < 3; turn++)
        {
            made.AddRange(await GivenAsync(kind, first, 1));
            made.AddRange(await GivenAsync(kind, second, 1));
        }

        var all = (await api.Platform.WalkAsync($"/api/{kind}", 200)).Ids;
        var (paged, _) = await api.Platform.WalkAsync($"/api/{kind}", 7);

        Assert.Equal(all, paged);
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(made, all.Where(made.Contains));
    }

    [Fact]
    public async Task The_list_of_affiliates_is_read_by_pages_and_without_the_installations_own()
    {
        var (first, second) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());

        var (ids, _) = await api.Platform.WalkAsync("/api/affiliates", 3);

        Assert.Equal([first.Id, second.Id], ids[^2..]);
        Assert.DoesNotContain(Guid.Empty, ids);
    }

    [Fact]
    public async Task Filters_hold_on_every_page()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (admin, other) = (affiliate.Admin, await affiliate.GivenProgramAsync("Other line"));
        Guid[] inactive = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
            (await admin.MakeAsync("programs", Something.For("programs", affiliate).With("status", "inactive"))).Id))];
        var keyword = (await admin.MakeAsync("keywords", Something.For("keywords", affiliate).With("programId", other))).Id;
        await GivenAsync("keywords", affiliate, 2);
        var channel = (await admin.MakeAsync("channels", Something.For("channels", affiliate).With("programId", other))).Id;
        var (_, supervisor) = await affiliate.GivenUserAsync("supervisor");
        var (_, responder) = await affiliate.GivenResponderAsync(3, other);

        foreach (var by in new[] { admin, api.Platform })
        {
            var own = by == admin ? "" : $"&affiliateId={affiliate.Id}";
            Assert.Equal(inactive.Order(), (await by.WalkAsync($"/api/programs?status=inactive{own}", 1)).Ids.Order());
            Assert.Equal([keyword], (await by.WalkAsync($"/api/keywords?programId={other}{own}", 1)).Ids);
            Assert.Equal([channel], (await by.WalkAsync($"/api/channels?programId={other}&provider=twilio{own}", 1)).Ids);
            Assert.Empty((await by.WalkAsync($"/api/channels?provider=telegram{own}", 1)).Ids);
            Assert.Equal([supervisor], (await by.WalkAsync($"/api/users?role=supervisor{own}", 1)).Ids);
            Assert.Equal([responder], (await by.WalkAsync($"/api/users?programId={other}{own}", 1)).Ids);
            Assert.Empty((await by.WalkAsync($"/api/users?status=inactive{own}", 1)).Ids);
        }
    }

    [Fact]
    public async Task Filters_hold_across_affiliates()
    {
        var affiliates = new[] { await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync() };
        var inactive = new List<Guid>();
        foreach (var affiliate in affiliates)
        {
            inactive.Add((await affiliate.Admin.MakeAsync("programs", Something.For("programs", affiliate).With("status", "inactive"))).Id);
            await GivenAsync("programs", affiliate, 2);
        }

        var (ids, _) = await api.Platform.WalkAsync("/api/programs?status=inactive", 1);

        Assert.Equal(inactive, ids.Where(inactive.Contains));
        var keywords = await GivenAsync("keywords", affiliates[0], 3);
        Assert.Equal(keywords, (await api.Platform.WalkAsync($"/api/keywords?programId={affiliates[0].ProgramId}", 2)).Ids);
        Assert.Empty((await api.Platform.WalkAsync($"/api/keywords?programId={Guid.CreateVersion7()}", 2)).Ids);
        Assert.Empty((await affiliates[1].Admin.WalkAsync($"/api/keywords?programId={affiliates[0].ProgramId}", 2)).Ids);
    }

    [Fact]
    public async Task A_filter_that_drops_most_of_what_there_is_still_fills_the_pages()
    {
        const string many = """
            with made as (
                insert into programs (affiliate_id, id, name, status, settings, version, created_at, updated_at)
                select $1, gen_random_uuid(), 'One of many', 'active', '{}', 1, now(), now() from generate_series(1, 450)
                returning affiliate_id, id
            ),
            listed as (insert into admin_resources (id, affiliate_id, kind) select id, affiliate_id, 'program' from made)
            select count(*) from made
            """;
        const string few = """
            with few as (
                update programs set status = 'inactive'
                where affiliate_id = $1 and id in (select id from programs where affiliate_id = $1 order by id desc limit 3)
                returning id
            )
            select array_agg(id order by id) from few
            """;
        var affiliate = await api.GivenAffiliateAsync();
        await api.AskAsync<long>(many, affiliate.Id);
        var inactive = await api.AskAsync<Guid[]>(few, affiliate.Id);

        var (ids, _) = await api.Platform.WalkAsync("/api/programs?status=inactive", 2);
        var all = (await api.Platform.WalkAsync("/api/programs", 200)).Ids;

        await api.AskAsync<long>(
            "with gone as (delete from programs where affiliate_id = $1 and name = 'One of many' returning id), "
            + "unlisted as (delete from admin_resources where id in (select id from gone)) select count(*) from gone", affiliate.Id);
        Assert.Equal(inactive, ids.Where(inactive.Contains));
        Assert.Equal(450, all.Except((await api.Platform.WalkAsync("/api/programs", 200)).Ids).Count());
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public async Task Platform_admins_are_listed_without_an_affiliate()
    {
        var me = await (await api.Platform.GetAsync("/api/auth/me")).ReadAsync(200);

        var page = await (await api.Platform.GetAsync("/api/users?role=admin&limit=200")).ReadAsync(200);

        var own = page.Items().Single(user => user.Id() == me.Id());
        Assert.Equal(JsonValueKind.Null, own.GetProperty("affiliateId").ValueKind);
        Assert.Equal(ChatApi.AdminEmail, own.GetProperty("email").GetString());
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_page_that_cannot_be_is_refused(string kind)
    {
        foreach (var query in new[] { "limit=0", "limit=201", "limit=-1", "cursor=abc", "cursor=%00" })
        {
            (await api.Platform.GetAsync($"/api/{kind}?{query}")).RefusesField(query.Split('=')[0]);
        }

        Assert.Equal(400, (await api.Platform.GetAsync($"/api/{kind}?limit=many")).Status);
        Assert.Equal(400, (await api.Platform.GetAsync($"/api/{kind}?limit=99999999999")).Status);
    }

    [Theory]
    [InlineData("affiliates?status=closed", "status")]
    [InlineData("programs?status=Active", "status")]
    [InlineData("users?role=boss", "role")]
    [InlineData("users?status=%00", "status")]
    [InlineData("channels?provider=pigeon", "provider")]
    [InlineData("surveys?type=middle", "type")]
    [InlineData("surveys?status=off", "status")]
    [InlineData("emergency-contacts?kind=fire", "kind")]
    [InlineData("emergency-contacts?status=off", "status")]
    [InlineData("emergency-contacts?area=%00", "area")]
    public async Task A_filter_that_means_nothing_is_refused(string path, string field) =>
        (await api.Platform.GetAsync("/api/" + path)).RefusesField(field);

    private static async Task<Guid[]> GivenAsync(string kind, TestAffiliate affiliate, int count)
    {
        var ids = new List<Guid>();
        for (var made = 0; made < count; made++)
        {
            ids.Add((await affiliate.Admin.MakeAsync(kind, Something.For(kind, affiliate))).Id);

            // What is made within the same millisecond has no order by age.
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }

        return [.. ids];
    }
}
