using System.Text.Json;
using Chat.Api.Tests.Conversations;

namespace Chat.Api.Tests.Triage;

/// <summary>Phrases that admins add to the rules while everything runs.</summary>
[Collection(ApiSuite.Name)]
public sealed class PhrasesTests(ChatApi api)
{
    private const string Path = "/api/admin/triage/phrases";

    [Fact]
    public async Task What_a_second_person_has_approved_is_in_force_within_seconds_on_every_instance()
    {
        await using var other = api.Start();
        var shift = await Shift.BeginAsync(api);
        var (approver, _) = await shift.Affiliate.GivenUserAsync("admin");
        var before = await TryAsync(shift.Affiliate.Admin, "i want the blue door");

        var draft = await shift.Affiliate.Admin.PostAsync(Path, Body());
        await draft.ReadAsync(201);
        (await ChangeAsync(shift.Affiliate.Admin, draft, Body("approved"))).Problem(409, "triage.second_person_needed");
        var approved = await (await ChangeAsync(approver, draft, Body("approved"))).ReadAsync(200);

        Assert.Equal(("none", "2026.11-1"), (Word(before, "level"), Word(before, "version")));
        Assert.Equal("approved", Word(approved, "status"));
        await UntilTriedAsync(shift.Affiliate.Admin, "i want the blue door", "high");
        Assert.Equal("2026.11-1+1", Word(await TryAsync(shift.Affiliate.Admin, "hi"), "version"));
        await Task.Delay(TimeSpan.FromSeconds(3));
        var texter = shift.Affiliate.NewTexter();
        Assert.Equal(200, (await shift.Affiliate.TextAsync(texter, "i want the blue door", to: other.Address)).Status);
        var id = (await (await shift.Affiliate.Admin.GetAsync("/api/conversations?limit=1")).ReadAsync(200)).GetProperty("items")[0].GetProperty("id").GetGuid();
        await Eventually.Is(async () => Word(await shift.ReadAsync(id), "riskLevel") == "high", "the other instance knows it");
        var change = Assert.Single((await (await shift.Supervisor.GetAsync($"/api/conversations/{id}/risk")).ReadAsync(200)).GetProperty("history").EnumerateArray());
        Assert.Equal("2026.11-1+1", Word(change, "version"));
    }

    [Fact]
    public async Task It_counts_for_its_affiliate_and_its_program_only_and_not_when_it_is_retired()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var other = await api.GivenAffiliateAsync();
        var program = await affiliate.GivenProgramAsync("Another line");
        var draft = await affiliate.Admin.PostAsync(Path, Body(program: program));
        await (await ChangeAsync(api.Platform, draft, Body("approved", program: program))).ReadAsync(200);

        await UntilTriedAsync(affiliate.Admin, "i want the blue door", "high", program);
        Assert.Equal("none", Word(await TryAsync(affiliate.Admin, "i want the blue door", affiliate.ProgramId), "level"));
        Assert.Equal("none", Word(await TryAsync(other.Admin, "i want the blue door"), "level"));
        Assert.Equal(404, (await other.Admin.PostAsync("/api/admin/triage/try", new { text = "hi", programId = program })).Status);
        Assert.Equal(404, (await other.Admin.PostAsync(Path, Body(program: program))).Status);
        var id = (await draft.ReadAsync(201)).GetProperty("id").GetGuid();
        Assert.Equal(404, (await other.Admin.GetAsync($"{Path}/{id}")).Status);
        (await affiliate.Admin.DeleteAsync($"{Path}/{id}")).Problem(409, "triage.phrase_kept");
        (await affiliate.Admin.PutAsync($"{Path}/{id}", Body(pattern: "i want the red door", program: program), ("If-Match", "*"))).Problem(409, "triage.phrase_kept");

        await (await affiliate.Admin.PutAsync($"{Path}/{id}", Body("retired", program: program), ("If-Match", "*"))).ReadAsync(200);
        await UntilTriedAsync(affiliate.Admin, "i want the blue door", "none", program);
        (await affiliate.Admin.PutAsync($"{Path}/{id}", Body("draft", program: program), ("If-Match", "*"))).Problem(409, "triage.phrase_kept");
    }

    [Fact]
    public async Task A_figure_of_speech_takes_away_what_it_covers()
    {
        var affiliate = await api.GivenAffiliateAsync();
        Assert.NotEqual("none", Word(await TryAsync(affiliate.Admin, "i want to die at the beach"), "level"));
        var draft = await affiliate.Admin.PostAsync(Path, Body(cue: "figure_of_speech", pattern: "i want to die at the beach"));
        await (await ChangeAsync(api.Platform, draft, Body("approved", "figure_of_speech", "i want to die at the beach"))).ReadAsync(200);

        await UntilTriedAsync(affiliate.Admin, "i want to die at the beach", "none");
        Assert.NotEqual("none", Word(await TryAsync(affiliate.Admin, "i want to die"), "level"));
    }

    [Theory]
    [InlineData("(blue door", "open bracket (from character 1 on)")]
    [InlineData("blue <nobody>", "class which there is not (from character 6 on)")]
    [InlineData("... blue", "with a gap")]
    [InlineData("Blue Door", "plain letters")]
    [InlineData("?", "after nothing")]
    [InlineData("", "must not be empty")]
    public async Task A_pattern_that_cannot_be_read_is_refused_and_it_is_said_where(string pattern, string what)
    {
        var affiliate = await api.GivenAffiliateAsync();

        var refused = await affiliate.Admin.PostAsync(Path, Body(pattern: pattern));

        Assert.Equal(400, refused.Status);
        Assert.Contains(what, refused.Text, StringComparison.Ordinal);
        Assert.Equal(400, (await affiliate.Admin.PostAsync(Path, Body(cue: "no_cue"))).Status);
        Assert.Equal(400, (await affiliate.Admin.PostAsync(Path, Body(language: "xx"))).Status);
        Assert.Equal(400, (await affiliate.Admin.PostAsync(Path, Body("approved"))).Status);
        Assert.Equal(400, (await affiliate.Admin.PostAsync(Path, Body(pattern: new string('a', 201)))).Status);
    }

    [Fact]
    public async Task Changes_name_their_version_and_only_admins_make_them()
    {
        var shift = await Shift.BeginAsync(api);
        var admin = shift.Affiliate.Admin;
        var made = await admin.PostAsync(Path, Body());
        var id = (await made.ReadAsync(201)).GetProperty("id").GetGuid();

        (await admin.PutAsync($"{Path}/{id}", Body())).Problem(428, "resource.version_required");
        (await admin.PutAsync($"{Path}/{id}", Body(), ("If-Match", "\"7\""))).Problem(412, "resource.stale");
        foreach (var client in new[] { shift.Responder, shift.Supervisor })
        {
            Assert.Equal(403, (await client.GetAsync(Path)).Status);
            Assert.Equal(403, (await client.PostAsync(Path, Body())).Status);
            Assert.Equal(403, (await client.PostAsync("/api/admin/triage/try", new { text = "hi" })).Status);
        }

        Assert.Contains((await (await api.Platform.GetAsync($"{Path}?affiliateId={shift.Affiliate.Id}")).ReadAsync(200)).GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetGuid() == id);
        Assert.Empty((await (await admin.GetAsync($"{Path}?status=approved")).ReadAsync(200)).GetProperty("items").EnumerateArray());
        Assert.DoesNotContain("door", await api.AskAsync<string>("select encode(pattern, 'escape') || encode(note, 'escape') from triage_phrases where id = $1", id), StringComparison.Ordinal);
        Assert.Equal(204, (await admin.DeleteAsync($"{Path}/{id}")).Status);
        Assert.Equal(404, (await admin.GetAsync($"{Path}/{id}")).Status);
    }

    [Fact]
    public async Task There_is_a_bound_to_how_many_an_affiliate_has()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await (await affiliate.Admin.PostAsync(Path, Body())).ReadAsync(201);
        await api.ChangeAsync(
            """
            insert into triage_phrases (affiliate_id, id, language, cue, pattern, status, written_by, version, created_at, updated_at)
            select p.affiliate_id, gen_random_uuid(), p.language, p.cue, p.pattern, 'draft', p.written_by, 1, now(), now()
            from triage_phrases p, generate_series(1, 299)
            where p.affiliate_id = $1
            """,
            affiliate.Id);

        (await affiliate.Admin.PostAsync(Path, Body())).Problem(409, "triage.too_many_phrases");
        Assert.Equal(200, (await affiliate.Admin.GetAsync(Path)).Status);
    }

    [Fact]
    public async Task A_phrase_in_the_shadow_changes_nothing_and_what_it_would_have_changed_is_read()
    {
        var shift = await Shift.BeginAsync(api);
        await (await shift.Affiliate.Admin.PostAsync(Path, Body("in_shadow"))).ReadAsync(201);
        await UntilTriedAsync(shift.Affiliate.Admin, "i want the blue door", "high", inShadow: true);
        Assert.Equal("none", Word(await TryAsync(shift.Affiliate.Admin, "i want the blue door"), "level"));

        var (texter, id) = await shift.Affiliate.GivenWaitingAsync("hi, is somebody there?");
        await shift.Affiliate.TextAsync(texter, "i want the blue door");
        await shift.Affiliate.TextAsync(texter, "thanks");

        await Eventually.Is(
            async () => await api.AskAsync<long>("select count(*) from shadow_differences where affiliate_id = $1", shift.Affiliate.Id) > 0, "the difference is noted");
        await Task.Delay(500);
        var report = await (await shift.Supervisor.GetAsync("/api/admin/triage/shadow")).ReadAsync(200);
        var item = Assert.Single(report.GetProperty("items").EnumerateArray());
        Assert.Equal((id, 2L, "none", "high"), (item.GetProperty("conversationId").GetGuid(), item.GetProperty("sequence").GetInt64(), Word(item, "liveLevel"), Word(item, "shadowLevel")));
        Assert.Equal(("2026.11-1", "2026.11-1+0.1-shadow"), (Word(item, "liveVersion"), Word(item, "shadowVersion")));
        Assert.Equal(1, Assert.Single(report.GetProperty("counts").EnumerateArray()).GetProperty("count").GetInt64());
        Assert.Equal("none", Word(await shift.ReadAsync(id), "riskLevel"));
        Assert.Equal(0, await shift.ToldAsync(shift.SupervisorId, "risk_raised"));
        Assert.Equal(403, (await shift.Responder.GetAsync("/api/admin/triage/shadow")).Status);
        Assert.Empty((await (await (await api.GivenAffiliateAsync()).Admin.GetAsync("/api/admin/triage/shadow")).ReadAsync(200)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_text_is_tried_and_nothing_of_it_is_kept()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var entries = await api.AskAsync<long>("select count(*) from audit_entries where affiliate_id = $1", affiliate.Id);

        var tried = await (await affiliate.Admin.PostAsync("/api/admin/triage/try", new { text = "me quiero matar hoy", language = "es" })).ReadAsync(200);

        Assert.Equal(("imminent", "es"), (Word(tried, "level"), Word(tried, "language")));
        Assert.All(tried.GetProperty("reasons").EnumerateArray(), reason => Assert.Contains(Word(reason, "phrase")!, "me quiero matar hoy", StringComparison.Ordinal));
        Assert.Contains("suicide", tried.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()));
        Assert.Equal("none", Word(await (await affiliate.Admin.PostAsync("/api/admin/triage/try", new { text = "me quiero matar hoy", language = "en" })).ReadAsync(200), "level"));
        Assert.Equal(400, (await affiliate.Admin.PostAsync("/api/admin/triage/try", new { text = new string('a', 16_001) })).Status);
        Assert.Equal(400, (await affiliate.Admin.PostAsync("/api/admin/triage/try", new { text = "" })).Status);
        Assert.Equal(200, (await api.Platform.PostAsync("/api/admin/triage/try", new { text = "hi" })).Status);
        Assert.Equal(entries, await api.AskAsync<long>("select count(*) from audit_entries where affiliate_id = $1", affiliate.Id));
    }

    private static object Body(string? status = null, string cue = "intent", string pattern = "i want .. blue door", string language = "en", Guid? program = null) =>
        new { programId = program, language, cue, pattern, note = "Said here of the door by the river.", status };

    private static async Task<Answer> ChangeAsync(Client by, Answer made, object body) =>
        await by.PutAsync($"{Path}/{(await made.ReadAsync(201)).GetProperty("id").GetGuid()}", body, ("If-Match", made.ETag!));

    private static async Task<JsonElement> TryAsync(Client by, string text, Guid? program = null, bool inShadow = false) =>
        await (await by.PostAsync("/api/admin/triage/try", new { text, programId = program, inShadow })).ReadAsync(200);

    private static Task UntilTriedAsync(Client by, string text, string level, Guid? program = null, bool inShadow = false) =>
        Eventually.Is(async () => Word(await TryAsync(by, text, program, inShadow), "level") == level, $"the text comes to be {level}");

    private static string? Word(JsonElement element, string member) => element.GetProperty(member).GetString();
}
