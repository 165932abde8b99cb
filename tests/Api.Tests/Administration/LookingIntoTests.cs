using System.Globalization;
using System.Text.Json;

namespace Chat.Api.Tests.Administration;

/// <summary>The audit trail and the quarantine, as admins read them.</summary>
[Collection(ApiSuite.Name)]
public sealed class LookingIntoTests(ChatApi api)
{
    [Fact]
    public async Task Every_change_is_in_the_audit_trail_with_who_made_it_and_what_it_was_made_to()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var me = (await (await affiliate.Admin.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("id").GetGuid();
        var body = Something.For("programs", affiliate);
        var made = await affiliate.Admin.MakeAsync("programs", body);
        await (await affiliate.Admin.ChangeAsync("programs", made.Id, body)).ReadAsync(200);
        await (await affiliate.Admin.ChangeAsync("programs", made.Id, body.With("name", ""))).ReadAsync(400);
        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/programs/{made.Id}")).Status);

        var entries = await EntriesAsync(affiliate.Admin, $"?subject={made.Id}");

        Assert.Equal(["DeleteProgram", "ChangeProgram", "CreateProgram"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(entries, entry =>
        {
            Assert.Equal(me, entry.GetProperty("actorId").GetGuid());
            Assert.Equal([made.Id], entry.GetProperty("subjects").EnumerateArray().Select(id => id.GetGuid()));
            Assert.False(string.IsNullOrEmpty(entry.GetProperty("requestId").GetString()));
            Assert.Equal(
                ["action", "actorId", "at", "id", "requestId", "subjects"],
                entry.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public async Task The_audit_trail_is_read_by_pages_and_filters_the_newest_first()
    {
        var affiliate = await api.GivenAffiliateAsync();
        for (var made = 0; made < 4; made++)
        {
            await affiliate.Admin.MakeAsync("keywords", Something.For("keywords", affiliate));
        }

        var all = await EntriesAsync(affiliate.Admin, "?limit=200");
        var ids = all.Select(Something.Id).ToArray();

        Assert.Equal(ids, (await affiliate.Admin.WalkAsync("/api/admin/audit", 2)).Ids);
        Assert.Equal(all.Select(At).OrderDescending(), all.Select(At));
        Assert.Equal(ids[..4], (await affiliate.Admin.WalkAsync("/api/admin/audit?action=CreateKeyword", 3)).Ids);
        var actor = all[0].GetProperty("actorId").ToString();
        Assert.Equal(
            all.Where(entry => entry.GetProperty("actorId").ToString() == actor).Select(Something.Id),
            (await affiliate.Admin.WalkAsync($"/api/admin/audit?actorId={actor}", 2)).Ids);
        var (from, to) = (At(all[2]), At(all[1]));
        Assert.Equal(ids[1..3], (await affiliate.Admin.WalkAsync($"/api/admin/audit?from={Escaped(from)}&to={Escaped(to)}", 1)).Ids);
        Assert.Empty(await EntriesAsync(affiliate.Admin, $"?to={Escaped(from.AddDays(-1))}"));
        Assert.Equal(ids, (await affiliate.Admin.WalkAsync("/api/admin/audit?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z", 200)).Ids);
    }

    [Fact]
    public async Task A_platform_admin_reads_the_installations_entries_or_those_of_an_affiliate()
    {
        var affiliate = await api.GivenAffiliateAsync();

        var installation = await EntriesAsync(api.Platform, $"?subject={affiliate.Id}");
        var own = await EntriesAsync(api.Platform, $"?affiliateId={affiliate.Id}&subject={affiliate.ChannelId}");

        Assert.Equal(["CreateAffiliate"], installation.Select(entry => entry.GetProperty("action").GetString()));
        Assert.Equal(["CreateChannel"], own.Select(entry => entry.GetProperty("action").GetString()));
    }

    [Theory]
    [InlineData("action=%00", "action")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("limit=0", "limit")]
    public async Task A_question_that_means_nothing_is_refused(string query, string field) =>
        (await api.Platform.GetAsync("/api/admin/audit?" + query)).RefusesField(field);

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("actorId=me")]
    [InlineData("subject=")]
    public async Task A_question_that_cannot_be_read_is_refused(string query) =>
        Assert.Equal(400, (await api.Platform.GetAsync("/api/admin/audit?" + query)).Status);

    [Fact]
    public async Task Refused_calls_are_listed_the_newest_first_without_what_they_said()
    {
        var affiliate = await api.GivenAffiliateAsync();
        for (var call = 0; call < 3; call++)
        {
            KeyValuePair<string, string>[] form =
            [
                new("MessageSid", TestAffiliate.NewSid()), new("AccountSid", affiliate.AccountSid), new("From", affiliate.NewTexter()),
                new("To", affiliate.Number), new("Body", "nobody may read this"),
            ];
            Assert.Equal(403, (await affiliate.CallAsync("/api/webhooks/twilio", form, token: "forged")).Status);
        }

        var answer = await affiliate.Admin.GetAsync("/api/admin/quarantine");
        var calls = (await answer.ReadAsync(200)).Items();

        Assert.Equal(3, calls.Length);
        Assert.All(calls, call =>
        {
            Assert.Equal(affiliate.ChannelId, call.GetProperty("channelId").GetGuid());
            Assert.Equal("twilio", call.GetProperty("provider").GetString());
            Assert.True(call.GetProperty("size").GetInt32() > 0);
            Assert.Equal(JsonValueKind.Null, call.GetProperty("replayedAt").ValueKind);
            Assert.Equal(
                ["channelId", "id", "provider", "reason", "receivedAt", "replayedAt", "size"],
                call.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        });
        Assert.DoesNotContain("nobody may read this", answer.Text, StringComparison.Ordinal);
        var ids = (await answer.ReadAsync(200)).Ids();
        Assert.Equal(ids.OrderDescending(), ids);
        Assert.Equal(ids, (await affiliate.Admin.WalkAsync("/api/admin/quarantine", 2)).Ids);
        Assert.Equal(ids, (await api.Platform.WalkAsync($"/api/admin/quarantine?affiliateId={affiliate.Id}", 2)).Ids);
        (await api.Platform.GetAsync("/api/admin/quarantine")).RefusesField("affiliateId");
    }

    private static async Task<JsonElement[]> EntriesAsync(Client by, string query) =>
        (await (await by.GetAsync("/api/admin/audit" + query)).ReadAsync(200)).Items();

    private static DateTimeOffset At(JsonElement entry) => entry.GetProperty("at").GetDateTimeOffset();

    private static string Escaped(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));
}
