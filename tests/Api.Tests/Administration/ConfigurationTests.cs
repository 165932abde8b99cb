using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class ConfigurationTests(ChatApi api)
{
    private const string Path = "/api/admin/configuration";

    // What is plain in YAML and looks like something else, and what needs care to be written.
    private const string Document = """
        programs:
          - name: Night line
            shortCode: 988
            description: "Sat–Sun: # all night ☎"
            settings:
              timeZone: America/Chicago
              replies: { welcome: "Hello.\n\nYou have reached {program}." }
              queueAlertMinutes: 7
            keywords:
              - keyword: HELLO
                subProgram: true
              - { keyword: "0800", action: reply, response: "no: we are \"closed\"\n  until 8" }
              - { keyword: Información, action: help, response: ~ }
            surveys:
              - type: exit
                title: How was it?
                questions:
                  - { text: How much did it help?, kind: scale, options: [1, 5] }
                  - { id: safe, text: Are you safe?, kind: yes_no, alertOn: [no], required: true }
              - { type: exit, title: The old one, status: inactive, expiresAfterMinutes: 30, questions: [{ text: Anything else?, kind: text }] }
            cannedResponses:
              - title: Grounding
                body: |
                  Name five things
                  that you can see.
          - name: Day line
            status: inactive
        """;

    [Fact]
    public async Task What_one_affiliate_hands_out_makes_another_the_same()
    {
        var (one, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        await (await PutAsync(one.Admin, Document)).ReadAsync(200);

        var handedOut = await GetAsync(one.Admin);
        var report = await (await PutAsync(other.Admin, handedOut.Text)).ReadAsync(200);
        var again = await GetAsync(other.Admin);

        Assert.Equal("application/yaml", handedOut.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(handedOut.Text, again.Text);
        Assert.Equal(handedOut.ETag, again.ETag);
        Assert.Equal(["Day line", "Night line"], Names(report, "programs", "created"));
        Assert.Equal(["Main line"], Names(report, "programs", "unchanged"));
        var keywords = (await (await other.Admin.GetAsync("/api/keywords")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("true", keywords.Single(one => one.GetProperty("subProgram").ValueKind == JsonValueKind.String).GetProperty("subProgram").GetString());
        Assert.Equal("no: we are \"closed\"\n  until 8", keywords.Single(one => one.GetProperty("keyword").GetString() == "0800").GetProperty("response").GetString());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_changes_nothing()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var before = await GetAsync(affiliate.Admin);
        var audited = await AuditedAsync(affiliate);

        var tried = await (await PutAsync(affiliate.Admin, Document, "?dryRun=true", ifMatch: null)).ReadAsync(200);
        var after = await GetAsync(affiliate.Admin);
        var unchanged = await AuditedAsync(affiliate);
        var done = await (await PutAsync(affiliate.Admin, Document, ifMatch: before.ETag)).ReadAsync(200);

        Assert.True(tried.GetProperty("dryRun").GetBoolean());
        Assert.False(done.GetProperty("dryRun").GetBoolean());
        Assert.Equal(before.Text, after.Text);
        Assert.Equal(audited, unchanged);
        Assert.Equal(["Night line / 0800", "Night line / HELLO", "Night line / Información"], Names(tried, "keywords", "created").Order(StringComparer.Ordinal));
        Assert.Equal(["Main line"], Names(tried, "programs", "kept"));
        foreach (var kind in new[] { "programs", "keywords", "surveys", "cannedResponses" })
        {
            Assert.Equal(tried.GetProperty(kind).GetRawText(), done.GetProperty(kind).GetRawText());
        }

        Assert.Equal("ApplyConfiguration", (await (await affiliate.Admin.GetAsync("/api/admin/audit?limit=1")).ReadAsync(200))
            .GetProperty("items")[0].GetProperty("action").GetString());
    }

    [Fact]
    public async Task A_document_that_is_applied_twice_changes_nothing_the_second_time()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await (await PutAsync(affiliate.Admin, Document)).ReadAsync(200);
        var versions = await VersionsAsync(affiliate);

        // The second time as an editor of another system would have saved it.
        var again = await (await PutAsync(affiliate.Admin, '\uFEFF' + Document.ReplaceLineEndings("\r\n"))).ReadAsync(200);

        Assert.Equal(versions, await VersionsAsync(affiliate));
        foreach (var kind in new[] { "programs", "keywords", "surveys", "cannedResponses" })
        {
            Assert.Empty(Names(again, kind, "created").Concat(Names(again, kind, "changed")).Concat(Names(again, kind, "removed")));
        }

        Assert.Equal(3, Names(again, "keywords", "unchanged").Count);
    }

    [Fact]
    public async Task Of_what_is_called_the_same_each_stays_what_it_is()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await (await PutAsync(affiliate.Admin, Twins("""{ title: Grounding, body: Z }, { title: Grounding, body: A }"""))).ReadAsync(200);
        var read = await GetAsync(affiliate.Admin);
        var versions = await VersionsAsync(affiliate);

        var again = await (await PutAsync(affiliate.Admin, read.Text, ifMatch: read.ETag)).ReadAsync(200);
        Assert.Empty(Names(again, "cannedResponses", "changed"));
        Assert.Equal(versions, await VersionsAsync(affiliate));

        // The one that rests is left out: it is the one that goes, and the one that is asked stays.
        var without = await (await PutAsync(
            affiliate.Admin, Twins("{ title: Grounding, body: B }, { title: Grounding, body: A }", resting: ""), "?prune=true&dryRun=true")).ReadAsync(200);
        Assert.Equal(["Main line / exit / How was it?"], Names(without, "surveys", "removed"));
        Assert.Equal(["Main line / exit / How was it?"], Names(without, "surveys", "unchanged"));
        Assert.Equal(["Main line / Grounding"], Names(without, "cannedResponses", "changed"));
        Assert.Equal(["Main line / Grounding"], Names(without, "cannedResponses", "unchanged"));

        static string Twins(
            string responses, string resting = "{ type: exit, title: How was it?, status: inactive, questions: [{ text: Was it good?, kind: text }] },") => $$"""
            programs:
              - name: Main line
                surveys: [{{resting}} { type: exit, title: How was it?, questions: [{ text: How was it?, kind: text }] }]
                cannedResponses: [{{responses}}]
            """;
    }

    [Fact]
    public async Task Settings_that_only_their_case_tells_apart_are_handed_out_as_they_are()
    {
        var affiliate = await api.GivenAffiliateAsync();
        const string settings = """{"ownWord":1,"OwnWord":{"a":2,"A":3}}""";
        await (await affiliate.Admin.PostAsync("/api/programs", new { name = "Night line", settings = JsonDocument.Parse(settings).RootElement })).ReadAsync(201);

        var read = await GetAsync(affiliate.Admin);
        var again = await (await PutAsync(affiliate.Admin, read.Text, ifMatch: read.ETag)).ReadAsync(200);

        Assert.Equal(200, read.Status);
        Assert.Contains("Night line", Names(again, "programs", "unchanged"));
        Assert.Equal(read.Text, (await GetAsync(affiliate.Admin)).Text);
    }

    [Fact]
    public async Task What_is_said_differently_is_changed_in_place_and_may_swap()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await (await PutAsync(affiliate.Admin, Document)).ReadAsync(200);
        var id = await ProgramIdAsync(affiliate, "Night line");
        var changed = Document.Replace("name: Night line", "name: Overnight", StringComparison.Ordinal)
            .Replace("subProgram: true", "subProgram: other", StringComparison.Ordinal)
            .Replace("title: The old one, status: inactive", "title: The old one", StringComparison.Ordinal)
            .Replace("title: How was it?", "title: How was it?\n        status: inactive", StringComparison.Ordinal);

        var report = await (await PutAsync(affiliate.Admin, changed)).ReadAsync(200);

        Assert.Equal(["Overnight"], Names(report, "programs", "changed"));
        Assert.Equal(["Overnight / HELLO"], Names(report, "keywords", "changed"));
        Assert.Equal(2, Names(report, "surveys", "changed").Count);
        Assert.Equal(id, await ProgramIdAsync(affiliate, "Overnight"));
    }

    [Fact]
    public async Task What_the_document_does_not_name_is_removed_only_with_prune_and_never_what_has_conversations()
    {
        var affiliate = await api.GivenAffiliateAsync();
        await (await PutAsync(affiliate.Admin, Document)).ReadAsync(200);
        var main = "programs:\n  - name: Main line\n";

        var kept = await (await PutAsync(affiliate.Admin, main)).ReadAsync(200);
        var tried = await (await PutAsync(affiliate.Admin, main, "?prune=true&dryRun=true")).ReadAsync(200);
        var pruned = await (await PutAsync(affiliate.Admin, main, "?prune=true")).ReadAsync(200);
        var before = await GetAsync(affiliate.Admin);
        await affiliate.GivenWaitingAsync();
        (await PutAsync(affiliate.Admin, "programs: []", "?prune=true&dryRun=true")).Problem(409, "program.in_use");
        (await PutAsync(affiliate.Admin, "programs: []", "?prune=true")).Problem(409, "program.in_use");

        Assert.Equal(["Day line", "Night line"], Names(kept, "programs", "kept").Order(StringComparer.Ordinal));
        Assert.Equal(["Day line", "Night line"], Names(tried, "programs", "removed").Order(StringComparer.Ordinal));
        Assert.Equal(tried.GetProperty("keywords").GetRawText(), pruned.GetProperty("keywords").GetRawText());
        Assert.Equal(before.Text, (await GetAsync(affiliate.Admin)).Text);
        Assert.DoesNotContain("Night line", before.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_names_the_copy_that_it_was_made_from()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var read = await GetAsync(affiliate.Admin);
        await affiliate.GivenKeywordAsync("MEANWHILE");

        (await PutAsync(affiliate.Admin, read.Text, ifMatch: null)).Problem(428, "resource.version_required");
        (await PutAsync(affiliate.Admin, read.Text, ifMatch: read.ETag)).Problem(412, "resource.stale");
        (await PutAsync(affiliate.Admin, read.Text, "?dryRun=true", ifMatch: read.ETag)).Problem(412, "resource.stale");
        var now = await GetAsync(affiliate.Admin);
        var applied = await PutAsync(affiliate.Admin, now.Text, ifMatch: "W/" + now.ETag);

        Assert.Equal(200, applied.Status);
        Assert.Equal(now.ETag, applied.ETag);
    }

    [Fact]
    public async Task Of_many_who_apply_at_once_from_one_copy_one_does()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var read = await GetAsync(affiliate.Admin);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number =>
            PutAsync(affiliate.Admin, $"programs:\n  - name: Line {number}\n", ifMatch: read.ETag)));

        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Problem(412, "resource.stale"));
    }

    [Theory]
    [InlineData("programs: [{}]", "programs[0].name")]
    [InlineData("programs: [~]", "programs[0]")]
    [InlineData("{}", "programs")]
    [InlineData("programs: [{name: A, status: asleep}]", "programs[0].status")]
    [InlineData("programs: [{name: A, shortCode: x}, {name: B, shortCode: X}]", "programs[1].shortCode")]
    [InlineData("programs: [{name: A, settings: {queueAlertMinutes: soon}}]", "programs[0].settings.queueAlertMinutes")]
    [InlineData("programs: [{name: A, keywords: [{keyword: A}, {keyword: B}, {keyword: '!!!'}]}]", "programs[0].keywords[2].keyword")]
    [InlineData("programs: [{name: A, keywords: [{keyword: Si}, {keyword: SÍ}]}]", "programs[0].keywords[1].keyword")]
    [InlineData("programs: [{name: A, keywords: [{keyword: A, action: reply}]}]", "programs[0].keywords[0].response")]
    [InlineData("programs: [{name: A, surveys: [{type: exit, title: T}]}]", "programs[0].surveys[0].questions")]
    [InlineData("programs: [{name: A, surveys: [{type: exit, title: T, questions: [~]}]}]", "programs[0].surveys[0]")]
    [InlineData("programs: [{name: A, cannedResponses: [{title: T}]}]", "programs[0].cannedResponses[0].body")]
    [InlineData("programs: [{name: A, id: 5}]", "programs[0].id")]
    [InlineData("programs: 5", "programs")]
    [InlineData("programs: [{name: [A]}]", "programs[0].name")]
    [InlineData("programs: [{name: A, Name: B}]", "programs[0].Name")]
    [InlineData("{programs: [], PROGRAMS: []}", "programs")]
    public async Task A_fault_is_named_by_its_place_and_nothing_is_applied(string document, string place)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var before = await GetAsync(affiliate.Admin);

        foreach (var query in new[] { "", "?dryRun=true" })
        {
            var refused = (await PutAsync(affiliate.Admin, document, query)).Problem(400, "request.invalid");
            Assert.Contains(place, refused.GetProperty("errors").EnumerateObject().Select(field => field.Name));
        }

        Assert.Equal(before.Text, (await GetAsync(affiliate.Admin)).Text);
    }

    public static TheoryData<string, string> Hostile { get; } = new()
    {
        { "a billion laughs", "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat("bcdefghi".Select((name, index) =>
            $"{name}: &{name} [{string.Join(',', Enumerable.Repeat("*" + "abcdefgh"[index], 9))}]\n")) + "programs: *i" },
        { "an alias", "programs: &a [*a]" }, { "a merge", "programs:\n  - &p {name: A}\n  - {<<: *p}" }, { "an anchor on a name", "&a programs: []" },
        { "a tag", "programs: !!python/object:os.system []" }, { "a tag on a text", "programs: [{name: !!binary aGk=}]" },
        { "two documents", "programs: []\n---\nprograms: []" }, { "nothing", "" }, { "only a comment", "# hello" }, { "a lone text", "hello" },
        { "twice", "programs: []\nprograms: []" }, { "a list as a name", "? [a]\n: b" }, { "deep lists", "programs: " + new string('[', 20_000) },
        { "deep maps", "programs: " + string.Concat(Enumerable.Repeat("{a: ", 20_000)) }, { "no end", "programs: [{name: \"" },
        { "tabs", "programs:\n\t- name: A" }, { "a NUL", "programs: [{name: \"a\\0b\"}]" }, { "half a surrogate", "programs: [{name: \"\\ud800\"}]" },
        { "many programs", "programs:\n" + string.Concat(Enumerable.Range(0, 2500).Select(number => $"- name: P{number}\n")) },
        { "many nodes", "programs: [" + new string(',', 200_000) }, { "a long line of digits", "programs: [{name: A, settings: {a: " + new string('9', 5000) + "}}]" },
        { "a large exponent", "programs: [{name: A, settings: {queueAlertMinutes: 1e400}}]" }, { "a directive", "%YAML 9.9\n---\nprograms: []" },
        { "blocks of colons", string.Concat(Enumerable.Repeat("a:\n ", 5000)) }, { "keys without end", "programs: {" + string.Concat(Enumerable.Repeat("? ", 50_000)) },
        { "no character", "programs: [{name: \"\\UFFFFFFFF\"}]" }, { "a tag that is no address", "programs: !!]x []" }, { "a directive of a tag of nothing", "%TAG ! \n---\nprograms: []" },
        { "a comma after the end", "...\t," }, { "a colon in a list", "programs: [na me\\x: A}&a ~]" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_document_that_nobody_should_send_is_refused_at_once(string what, string document)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var began = Stopwatch.GetTimestamp();

        var refused = await PutAsync(affiliate.Admin, document);

        Assert.True(refused.Status == 400, $"{what}: {refused.Status} {refused.Text}");
        refused.Problem(400, "request.invalid");
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_long_document_that_was_handed_out_can_be_put_back()
    {
        var (one, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var document = new StringBuilder("programs:\n  - name: Main line\n    cannedResponses:\n");
        for (var number = 0; number < 400; number++)
        {
            document.Append(System.Globalization.CultureInfo.InvariantCulture, $"      - {{ title: Response {number}, body: {new string('é', 1500)} }}\n");
        }

        await (await PutAsync(one.Admin, document.ToString())).ReadAsync(200);
        var handedOut = await GetAsync(one.Admin);

        Assert.InRange(Encoding.UTF8.GetByteCount(handedOut.Text), 1_000_000, 2_000_000);
        await (await PutAsync(other.Admin, handedOut.Text)).ReadAsync(200);
        Assert.Equal(handedOut.Text, (await GetAsync(other.Admin)).Text);
    }

    [Fact]
    public async Task What_is_no_text_and_what_is_too_large_is_refused()
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();

        (await SendAsync(affiliate.Admin, new ByteArrayContent([0x70, 0xff, 0xfe]), "", "*")).Problem(400, "request.invalid");
        (await PutAsync(affiliate.Admin, "programs: [] #" + new string('x', 5 * 1024 * 1024))).Problem(413, "request.too_large");
    }

    [Fact]
    public async Task A_platform_admin_says_whose_it_is_and_an_affiliates_admin_means_their_own()
    {
        var (one, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        await other.GivenKeywordAsync("OTHERS");

        (await api.Platform.GetAsync(Path)).RefusesField("affiliateId");
        (await one.Admin.GetAsync($"{Path}?affiliateId={other.Id}")).Problem(404, "resource.not_found");
        (await PutAsync(one.Admin, "programs: []", $"?affiliateId={other.Id}&prune=true")).Problem(404, "resource.not_found");
        (await api.Platform.GetAsync($"{Path}?affiliateId={Guid.NewGuid()}")).Problem(404, "resource.not_found");
        var read = await api.Platform.GetAsync($"{Path}?affiliateId={other.Id}");
        var applied = await PutAsync(api.Platform, Document, $"?affiliateId={one.Id}");

        Assert.Contains("OTHERS", read.Text, StringComparison.Ordinal);
        Assert.Equal(200, applied.Status);
        Assert.Contains("Night line", (await GetAsync(one.Admin)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_configures_does_it_as_well()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var made = await (await affiliate.Admin.PostAsync("/api/admin/api-keys", new { name = "GitOps", scopes = new[] { "configuration" } })).ReadAsync(201);
        var key = new Client(api.Address, made.GetProperty("key").GetString());

        Assert.Equal(200, (await PutAsync(key, Document)).Status);
        Assert.Contains("Night line", (await GetAsync(key)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_for_everybody_and_knows_every_member_of_the_document()
    {
        var schema = await (await api.Anonymous.GetAsync("/schemas/configuration.json")).ReadAsync(200);

        var program = schema.GetProperty("properties").GetProperty("programs").GetProperty("items").GetProperty("properties");
        Assert.Equal(
            ["cannedResponses", "description", "keywords", "name", "settings", "shortCode", "status", "surveys"],
            program.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.NotEmpty(program.GetProperty("name").GetProperty("description").GetString()!);
    }

    private static Task<Answer> GetAsync(Client client) => client.GetAsync(Path);

    private static Task<Answer> PutAsync(Client client, string document, string query = "", string? ifMatch = "*") =>
        SendAsync(client, new StringContent(document, Encoding.UTF8), query, ifMatch);

    private static Task<Answer> SendAsync(Client client, HttpContent content, string query, string? ifMatch)
    {
        content.Headers.ContentType = new("application/yaml");
        return client.SendAsync(HttpMethod.Put, Path + query, content, ifMatch is null ? [] : [("If-Match", ifMatch)]);
    }

    private static List<string> Names(JsonElement report, string kind, string what) =>
        [.. report.GetProperty(kind).GetProperty(what).EnumerateArray().Select(name => name.GetString()!)];

    private async Task<long> AuditedAsync(TestAffiliate affiliate) =>
        await api.AskAsync<long>("select count(*) from audit_entries where affiliate_id = $1", affiliate.Id);

    private async Task<string> VersionsAsync(TestAffiliate affiliate) => await api.AskAsync<string>(
        """
        select string_agg(id || ' ' || version, ',' order by id)
        from (
            select id, version from programs where affiliate_id = $1
            union all select id, version from keywords where affiliate_id = $1
            union all select id, version from surveys where affiliate_id = $1
            union all select id, version from canned_responses where affiliate_id = $1
        ) all_of_it
        """,
        affiliate.Id);

    private static async Task<Guid> ProgramIdAsync(TestAffiliate affiliate, string name) =>
        (await (await affiliate.Admin.GetAsync("/api/programs")).ReadAsync(200)).GetProperty("items").EnumerateArray()
            .Single(program => program.GetProperty("name").GetString() == name).GetProperty("id").GetGuid();
}
