using System.Text.Json;
using Chat.Api.Tests.Conversations;

namespace Chat.Api.Tests.Triage;

/// <summary>What people make of the levels that triage gives, counted.</summary>
[Collection(ApiSuite.Name)]
public sealed class ChangesTests(ChatApi api)
{
    private const string Path = "/api/admin/triage/changes";

    [Fact]
    public async Task What_people_lowered_names_its_rules_and_what_they_raised_from_nothing_was_missed()
    {
        var shift = await Shift.BeginAsync(api);
        var lowered = await JudgedAsync(shift, "I am going to kill myself tonight", "imminent", "none");
        var missed = await JudgedAsync(shift, "is somebody there?", "none", "high");
        await JudgedAsync(shift, "i had a bad day", "none", "none");

        var report = await (await shift.Supervisor.GetAsync(Path)).ReadAsync(200);

        var rules = report.GetProperty("lowered").EnumerateArray().ToList();
        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.Equal(("en", 1L), (rule.GetProperty("language").GetString(), rule.GetProperty("count").GetInt64())));
        var miss = Assert.Single(report.GetProperty("missed").EnumerateArray());
        Assert.Equal(("none", "high", 1L), (Word(miss, "fromLevel"), Word(miss, "toLevel"), miss.GetProperty("count").GetInt64()));
        Assert.Equal(3, report.GetProperty("counts").EnumerateArray().Sum(count => count.GetProperty("count").GetInt64()));
        var items = report.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([missed, lowered], items.Skip(1).Select(item => item.GetProperty("conversationId").GetGuid()));
        Assert.Equal(rules.Select(rule => Word(rule, "rule")).Order(), items[2].GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()));
        Assert.Empty(items[1].GetProperty("rules").EnumerateArray());
    }

    [Fact]
    public async Task It_is_read_by_pages_by_program_and_by_time()
    {
        var shift = await Shift.BeginAsync(api);
        var first = await JudgedAsync(shift, "is somebody there?", "none", "low");
        var second = await JudgedAsync(shift, "is somebody there?", "none", "low");

        var page = await (await shift.Affiliate.Admin.GetAsync($"{Path}?limit=1")).ReadAsync(200);
        var next = await (await shift.Affiliate.Admin.GetAsync($"{Path}?limit=1&cursor={Word(page, "nextCursor")}")).ReadAsync(200);
        var other = await (await shift.Supervisor.GetAsync($"{Path}?programId={await shift.Affiliate.GivenProgramAsync("Another")}")).ReadAsync(200);
        var before = await (await shift.Supervisor.GetAsync($"{Path}?to=2020-01-01T00:00:00Z")).ReadAsync(200);

        Assert.Equal((second, first), (ItemOf(page), ItemOf(next)));
        Assert.Equal(JsonValueKind.Null, next.GetProperty("nextCursor").ValueKind);
        Assert.All(new[] { other, before }, empty => Assert.Empty(empty.GetProperty("items").EnumerateArray()));
        Assert.All(new[] { other, before }, empty => Assert.Empty(empty.GetProperty("counts").EnumerateArray()));
    }

    [Fact]
    public async Task Only_supervisors_and_admins_of_the_affiliate_read_it()
    {
        var shift = await Shift.BeginAsync(api);
        await JudgedAsync(shift, "is somebody there?", "none", "low");
        var other = await api.GivenAffiliateAsync();

        Assert.Equal(403, (await shift.Responder.GetAsync(Path)).Status);
        Assert.Equal(403, (await api.Platform.GetAsync(Path)).Status);
        Assert.Equal(401, (await api.Anonymous.GetAsync(Path)).Status);
        Assert.Empty((await (await other.Admin.GetAsync(Path)).ReadAsync(200)).GetProperty("items").EnumerateArray());
        Assert.Equal(400, (await shift.Supervisor.GetAsync($"{Path}?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")).Status);
        Assert.Equal(400, (await shift.Supervisor.GetAsync($"{Path}?from=2020-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")).Status);
        foreach (var time in new[] { "from=0001-01-01T00:00:00Z", "to=0001-01-01T00:00:00Z", "from=9999-12-31T23:59:59Z", "from=tomorrow" })
        {
            Assert.Equal(400, (await shift.Supervisor.GetAsync($"{Path}?{time}")).Status);
        }
    }

    private static async Task<Guid> JudgedAsync(Shift shift, string said, string held, string judged)
    {
        var (_, id) = await shift.Affiliate.GivenWaitingAsync(said);
        await Eventually.Is(async () => (await shift.ReadAsync(id)).GetProperty("riskLevel").GetString() == held, $"the level becomes {held}");
        await (await shift.Supervisor.PutAsync($"/api/conversations/{id}/risk", new { level = judged, reason = "Read it all." })).ReadAsync(200);
        return id;
    }

    private static Guid ItemOf(JsonElement page) => Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("conversationId").GetGuid();

    private static string? Word(JsonElement element, string member) => element.GetProperty(member).GetString();
}
