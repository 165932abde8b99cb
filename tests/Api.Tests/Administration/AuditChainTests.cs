using System.Text.Json;

namespace Chat.Api.Tests.Administration;

/// <summary>What somebody with the database in hand can do to the audit trail, and what shows it.</summary>
[Collection(ApiSuite.Name)]
public sealed class AuditChainTests(ChatApi api)
{
    [Fact]
    public async Task Every_entry_gets_its_link()
    {
        var affiliate = await GivenTrailAsync();

        var found = await VerifyAsync(affiliate);

        Assert.True(found.GetProperty("intact").GetBoolean());
        Assert.Equal(await api.AskAsync<long>("select count(*) from audit_entries where affiliate_id = $1", affiliate.Id), found.GetProperty("checked").GetInt64());
        Assert.Equal(found.GetProperty("checked").GetInt64(), found.GetProperty("head").GetProperty("number").GetInt64());
        Assert.Equal(0, found.GetProperty("unlinked").GetInt64());
    }

    [Theory]
    [InlineData("update audit_entries set actor_id = gen_random_uuid() where affiliate_id = $1 and id = $2", "altered")]
    [InlineData("update audit_entries set action = action || 's' where affiliate_id = $1 and id = $2", "altered")]
    [InlineData("update audit_entries set subjects = subjects || gen_random_uuid() where affiliate_id = $1 and id = $2", "altered")]
    [InlineData("update audit_entries set at = at + interval '1 microsecond' where affiliate_id = $1 and id = $2", "altered")]
    [InlineData("update audit_entries set request_id = '' where affiliate_id = $1 and id = $2", "altered")]
    [InlineData("delete from audit_entries where affiliate_id = $1 and id = $2", "missing_entry")]
    [InlineData("with gone as (delete from audit_entries where affiliate_id = $1 and id = $2) delete from audit_links where affiliate_id = $1 and entry_id = $2", "missing_link")]
    public async Task What_is_changed_or_left_out_shows_where(string fraud, string code)
    {
        var affiliate = await GivenTrailAsync();
        var third = await api.AskAsync<Guid>("select entry_id from audit_links where affiliate_id = $1 and number = 3", affiliate.Id);

        await api.ChangeAsync(fraud, affiliate.Id, third);

        var found = await VerifyAsync(affiliate);
        Assert.False(found.GetProperty("intact").GetBoolean());
        Assert.Equal((code, 3), (found.GetProperty("fault").GetProperty("code").GetString(), found.GetProperty("fault").GetProperty("number").GetInt64()));
        Assert.Equal(2, found.GetProperty("checked").GetInt64());
    }

    [Fact]
    public async Task Entries_that_trade_places_show()
    {
        var affiliate = await GivenTrailAsync();

        await api.ChangeAsync("update audit_links set number = case number when 2 then 1002 when 3 then 2 end where affiliate_id = $1 and number in (2, 3)", affiliate.Id);
        await api.ChangeAsync("update audit_links set number = 3 where affiliate_id = $1 and number = 1002", affiliate.Id);

        Assert.Equal("altered", (await VerifyAsync(affiliate)).GetProperty("fault").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_trail_that_was_cut_off_is_found_out_by_a_checkpoint()
    {
        var affiliate = await GivenTrailAsync();
        var head = (await VerifyAsync(affiliate)).GetProperty("head");
        var checkpoint = $"?checkpointNumber={head.GetProperty("number")}&checkpointMac={head.GetProperty("mac").GetString()}";
        Assert.True((await VerifyAsync(affiliate, checkpoint)).GetProperty("intact").GetBoolean());

        await api.ChangeAsync(
            """
            with gone as (delete from audit_links where affiliate_id = $1 and number > 2 returning entry_id)
            delete from audit_entries where affiliate_id = $1 and id in (select entry_id from gone)
            """,
            affiliate.Id);

        Assert.True((await VerifyAsync(affiliate)).GetProperty("intact").GetBoolean());
        Assert.Equal("checkpoint_missing", (await VerifyAsync(affiliate, checkpoint)).GetProperty("fault").GetProperty("code").GetString());
        Assert.Equal(
            "checkpoint_mismatch",
            (await VerifyAsync(affiliate, $"?checkpointNumber=1&checkpointMac={new string('0', 64)}")).GetProperty("fault").GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_entry_that_was_slipped_in_gets_a_link_and_stands_last()
    {
        var affiliate = await GivenTrailAsync();
        var before = (await VerifyAsync(affiliate)).GetProperty("head").GetProperty("number").GetInt64();

        // With a time of long ago it is no part of what the chain proved then.
        await api.ChangeAsync(
            "insert into audit_entries (affiliate_id, id, action, subjects, request_id, at) values ($1, '00000000-0000-7000-8000-000000000001', 'CreateUser', '{}', 'r', now() - interval '1 year')",
            affiliate.Id);

        var found = await VerifyAsync(affiliate);
        Assert.Equal(before, found.GetProperty("head").GetProperty("number").GetInt64());
        Assert.Equal(1, found.GetProperty("unlinked").GetInt64());
        Assert.True(found.GetProperty("oldestUnlinked").GetDateTimeOffset() < DateTimeOffset.UtcNow.AddDays(-300));
    }

    [Fact]
    public async Task An_instance_that_starts_lays_no_link_for_what_was_slipped_in_long_ago()
    {
        var affiliate = await GivenTrailAsync();
        await api.ChangeAsync(
            "insert into audit_entries (affiliate_id, id, action, subjects, request_id, at) values ($1, '00000000-0000-7000-8000-000000000001', 'CreateUser', '{}', 'r', now() - interval '1 year')",
            affiliate.Id);

        // By when it has laid another's, it has looked at all.
        await using var fresh = api.Start();
        await Task.Delay(TimeSpan.FromSeconds(4));

        Assert.Equal(1, (await VerifyAsync(affiliate)).GetProperty("unlinked").GetInt64());
    }

    [Fact]
    public async Task Who_reads_a_conversation_is_on_record_once_an_hour()
    {
        var affiliate = await TestAffiliate.CreateAsync(api);
        var (responder, reader) = await affiliate.GivenResponderAsync();
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);

        foreach (var path in new[] { "messages", "messages?afterSequence=0", "risk", "summary", "surveys", "timeline" })
        {
            await (await responder.GetAsync($"/api/conversations/{conversation}/{path}")).ReadAsync(200);
        }

        var entries = (await (await affiliate.Admin.GetAsync($"/api/admin/audit?action=ReadConversation&subject={conversation}&actorId={reader}")).ReadAsync(200)).GetProperty("items");
        Assert.Single(entries.EnumerateArray());
    }

    [Fact]
    public async Task Who_reads_of_a_texter_and_of_an_escalation_is_on_record_too()
    {
        var affiliate = await TestAffiliate.CreateAsync(api);
        var (responder, reader) = await affiliate.GivenResponderAsync();
        var (_, conversation) = await affiliate.GivenWaitingAsync();
        await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
        var texter = (await (await responder.PostAsync($"/api/conversations/{conversation}/start")).ReadAsync(200)).GetProperty("texterId").GetGuid();
        var escalation = (await (await responder.PostAsync($"/api/conversations/{conversation}/escalate", new { type = "medical", urgency = "high" })).ReadAsync(200))
            .GetProperty("escalationId").GetGuid();

        await (await responder.GetAsync($"/api/texters/{texter}")).ReadAsync(200);
        await (await responder.GetAsync($"/api/escalations/{escalation}")).ReadAsync(200);

        foreach (var (action, subject) in new[] { ("ReadTexter", texter), ("ReadEscalation", escalation) })
        {
            Assert.Single((await (await affiliate.Admin.GetAsync($"/api/admin/audit?action={action}&subject={subject}&actorId={reader}")).ReadAsync(200)).GetProperty("items").EnumerateArray());
        }
    }

    [Fact]
    public async Task A_list_says_whose_its_conversations_are_and_nobody_has_read_of_a_texter_for_that()
    {
        var affiliate = await TestAffiliate.CreateAsync(api);
        var (texter, conversation) = await affiliate.GivenWaitingAsync();

        var listed = (await (await affiliate.Admin.GetAsync("/api/conversations")).ReadAsync(200)).GetProperty("items").EnumerateArray().Single();
        var alone = await (await affiliate.Admin.GetAsync($"/api/conversations/{conversation}")).ReadAsync(200);

        foreach (var shown in new[] { listed, alone })
        {
            Assert.Equal(new string('•', texter.Length - 2) + texter[^2..], shown.GetProperty("texterAddress").GetString());
            Assert.Equal(JsonValueKind.Null, shown.GetProperty("texterName").ValueKind);
        }

        Assert.Equal(0, await api.AskAsync<long>("select count(*) from audit_entries where affiliate_id = $1 and action = 'ReadTexter'", affiliate.Id));
    }

    [Fact]
    public async Task A_conversation_that_nobody_was_shown_was_read_by_nobody()
    {
        var affiliate = await TestAffiliate.CreateAsync(api);
        var (stranger, _) = await affiliate.GivenUserAsync("responder", programs: [await affiliate.GivenProgramAsync("Another")]);
        var (_, conversation) = await affiliate.GivenWaitingAsync();

        (await stranger.GetAsync($"/api/conversations/{conversation}/messages")).Problem(404, "resource.not_found");

        Assert.Equal(0, await api.AskAsync<long>("select count(*) from audit_entries where affiliate_id = $1 and action = 'ReadConversation'", affiliate.Id));
    }

    [Theory]
    [InlineData("?from=0")]
    [InlineData("?checkpointNumber=1")]
    [InlineData("?checkpointNumber=1&checkpointMac=zz")]
    public async Task What_makes_no_sense_is_refused(string query)
    {
        var affiliate = await TestAffiliate.CreateAsync(api);

        (await affiliate.Admin.GetAsync("/api/admin/audit/verify" + query)).Problem(400, "request.invalid");
    }

    [Fact]
    public async Task Responders_and_supervisors_do_not_look_into_the_trail()
    {
        var affiliate = await TestAffiliate.CreateAsync(api);
        foreach (var role in new[] { "responder", "supervisor" })
        {
            var (client, _) = await affiliate.GivenUserAsync(role);
            (await client.GetAsync("/api/admin/audit/verify")).Problem(403, "caller.forbidden");
        }
    }

    private async Task<TestAffiliate> GivenTrailAsync()
    {
        var affiliate = await TestAffiliate.CreateAsync(api);
        for (var number = 0; number < 4; number++)
        {
            await affiliate.GivenProgramAsync($"Program {number}");
        }

        await Eventually.Is(
            async () => (await VerifyAsync(affiliate)).GetProperty("unlinked").GetInt64() == 0, "every entry has its link");
        return affiliate;
    }

    private static async Task<JsonElement> VerifyAsync(TestAffiliate affiliate, string query = "") =>
        await (await affiliate.Admin.GetAsync("/api/admin/audit/verify" + query)).ReadAsync(200);
}
