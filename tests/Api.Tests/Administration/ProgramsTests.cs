using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class ProgramsTests(ChatApi api)
{
    [Fact]
    public async Task A_program_is_shown_with_what_it_was_given_and_whose_channels_lead_to_it()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var settings = JsonNode.Parse("""{"greeting": "Hé 👋", "hours": [8, 20.5], "nested": {"on": true, "off": null}}""")!;

        var made = await affiliate.Admin.MakeAsync("programs", new JsonObject
        {
            ["name"] = "Night line", ["shortCode"] = "NIGHT-1", ["description"] = "For the night.\nAnd the morning.",
            ["settings"] = settings,
        });

        Assert.Equal("Night line", made.View.GetProperty("name").GetString());
        Assert.Equal("NIGHT-1", made.View.GetProperty("shortCode").GetString());
        Assert.Equal("For the night.\nAnd the morning.", made.View.GetProperty("description").GetString());
        Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(settings), made.View.GetProperty("settings")));
        Assert.Empty(made.View.GetProperty("providers").EnumerateArray());
        for (var channel = 0; channel < 2; channel++)
        {
            await affiliate.Admin.MakeAsync("channels", Something.For("channels", affiliate).With("programId", made.Id));
        }

        var read = await (await affiliate.Admin.GetAsync($"/api/programs/{made.Id}")).ReadAsync(200);
        Assert.Equal(["twilio"], read.GetProperty("providers").EnumerateArray().Select(provider => provider.GetString()));
    }

    [Fact]
    public async Task Status_and_settings_that_are_left_out_of_a_change_stay_and_texts_are_cleared()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var made = await affiliate.Admin.MakeAsync("programs", new JsonObject
        {
            ["name"] = "Night line", ["shortCode"] = "NIGHT", ["description"] = "For the night.", ["status"] = "inactive",
            ["settings"] = new JsonObject { ["kept"] = 1 },
        });

        var answer = await affiliate.Admin.ChangeAsync("programs", made.Id, new JsonObject { ["name"] = "Day line" });
        var changed = await answer.ReadAsync(200);

        Assert.Equal("inactive", changed.GetProperty("status").GetString());
        Assert.Equal(1, changed.GetProperty("settings").GetProperty("kept").GetInt32());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("shortCode").ValueKind);
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("description").ValueKind);
    }

    [Fact]
    public async Task Settings_are_kept_as_they_were_written_with_members_that_are_not_known()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var settings = JsonNode.Parse("""
            {"timeZone": "Europe/Berlin", "operatingHours": {"saturday": [{"from": "18:00", "to": "02:00", "room": 2}]}, "stillWaitingMinutes": 10,
             "replies": {"closed": "We open {opens}.", "goodbye": 5}, "ofTomorrow": {"on": true}, "wrapUp": {"required": ["nextStep"]}}
            """)!;

        var made = await affiliate.Admin.MakeAsync("programs", new JsonObject { ["name"] = "Night line", ["settings"] = settings.DeepClone() });
        settings["mostStillWaiting"] = 0;
        var changed = await (await affiliate.Admin.ChangeAsync("programs", made.Id, new JsonObject { ["name"] = "Night line", ["settings"] = settings.DeepClone() })).ReadAsync(200);

        Assert.False(made.View.GetProperty("settings").TryGetProperty("mostStillWaiting", out _));
        Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(settings), changed.GetProperty("settings")));
    }

    [Theory]
    [InlineData("settings.timeZone", """{"timeZone": "Atlantis/Capital"}""")]
    [InlineData("settings.operatingHours.monday[0].from", """{"operatingHours": {"monday": [{"from": "8", "to": "22:00"}]}}""")]
    [InlineData("settings.operatingHours.Monday", """{"operatingHours": {"Monday": []}}""")]
    [InlineData("settings.holidays[1].date", """{"holidays": [{"date": "2026-12-25"}, {"date": "2026-12-25"}]}""")]
    [InlineData("settings.replies.welcome", """{"replies": {"welcome": "Hello {name}"}}""")]
    [InlineData("settings.queueTimeoutMinutes", """{"queueTimeoutMinutes": 0}""")]
    [InlineData("settings.wrapUp.fields[0].options", """{"wrapUp": {"fields": [{"id": "how", "label": "How?", "kind": "choice"}]}}""")]
    public async Task A_setting_that_is_wrong_is_named_whether_a_program_is_made_or_changed(string member, string settings)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var body = new JsonObject { ["name"] = "Night line", ["settings"] = JsonNode.Parse(settings) };

        (await affiliate.Admin.CreateAsync("programs", body)).RefusesField(member);
        (await affiliate.Admin.ChangeAsync("programs", affiliate.ProgramId, body)).RefusesField(member);
    }

    [Fact]
    public async Task Every_setting_that_is_wrong_is_named_at_once()
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var settings = JsonNode.Parse("""{"assignment": "draw lots", "mostStillWaiting": 21, "replies": {"welcome": "", "goodbye": ""}}""");

        var answer = await affiliate.Admin.CreateAsync("programs", new JsonObject { ["name"] = "Night line", ["settings"] = settings });

        var errors = answer.Problem(400, "request.invalid").GetProperty("errors");
        Assert.Equal(
            ["settings.assignment", "settings.mostStillWaiting", "settings.replies.welcome"],
            errors.EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "name", "null" },
        { "name", "\" \"" },
        { "name", JsonSerializer.Serialize(new string('a', 201)) },
        { "name", "\"tab\\tbed\"" },
        { "shortCode", "\"NIGHT LINE\"" },
        { "shortCode", "\"N\u0130GHT\"" },
        { "shortCode", "\"123456789012345678901\"" },
        { "description", JsonSerializer.Serialize(new string('a', 2001)) },
        { "status", "\"paused\"" },
        { "settings", $$"""{"big": "{{new string('a', 16 * 1024)}}"}""" },
        { "settings", """{"number": 1e400}""" },
        { "settings", """{"number": 1e-200000}""" },
        { "settings", """{"number": 12345678901234567890123456789012345678901234567890}""" },
        { "settings", """{"text": "a\u0000b"}""" },
        { "settings", """{"replies": {"welcome": "\ud800"}}""" },
        { "settings", """{"a\u0000b": 1}""" },
        { "settings", """{"deep": [{"text": "\ud800"}]}""" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_field_that_is_wrong_is_named(string field, string value)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var body = field == "name" ? $$"""{"name": {{value}}}""" : $$"""{"name": "Night line", "{{field}}": {{value}}}""";

        (await affiliate.Admin.PostAsync("/api/programs", new StringContent(body, null, "application/json"))).RefusesField(field);
    }

    [Theory]
    [InlineData("""{"name": "a\u0000b"}""")]
    [InlineData("""{"name": "\ud800"}""")]
    [InlineData("""{"name": "ok", "description": "\udc00 alone"}""")]
    [InlineData("""{"name": "ok", "settings": []}""")]
    [InlineData("""{"name": "ok", "settings": "words"}""")]
    [InlineData("""{"name": "ok", "settings": {"a": 1, "a": 2}}""")]
    [InlineData("""{"name": "ok", "settings": {"a": {"b": 1, "b": 2}}}""")]
    [InlineData("""{"name": "ok", "settings": {"deep": {"\udc00": 1}}}""")]
    [InlineData("""{"name": "ok", "surprise": 1}""")]
    [InlineData("""{"name": 5}""")]
    [InlineData("""{"name": ["ok"]}""")]
    [InlineData("""{"name": "ok", "affiliateId": "mine"}""")]
    [InlineData("""["ok"]""")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    public async Task What_cannot_be_read_is_refused_and_is_no_fault(string body)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();

        var answer = await affiliate.Admin.PostAsync("/api/programs", new StringContent(body, null, "application/json"));

        Assert.True(answer.Status == 400, $"{answer.Status}: {answer.Text}");
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("Robert'); drop table programs; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("${jndi:ldap://x}{{7*7}}%s%n")]
    [InlineData("линия ночи 夜の線 خط الليل 🌙👨‍👩‍👧‍👦")]
    [InlineData("\u202Ebackwards")]
    [InlineData("null")]
    public async Task A_name_is_kept_as_it_was_written(string name)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();

        var made = await affiliate.Admin.MakeAsync("programs", new JsonObject { ["name"] = name, ["description"] = name });

        var read = await (await affiliate.Admin.GetAsync($"/api/programs/{made.Id}")).ReadAsync(200);
        Assert.Equal(name, read.GetProperty("name").GetString());
        Assert.Equal(name, read.GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_short_code_stands_once_in_an_affiliate_whatever_its_case()
    {
        var (affiliate, other) = (await api.GivenAffiliateAsync(), await api.GivenAffiliateAsync());
        var body = Something.For("programs", affiliate).With("shortCode", "HELP-1");
        await affiliate.Admin.MakeAsync("programs", body);
        var second = await affiliate.Admin.MakeAsync("programs", Something.For("programs", affiliate));

        (await affiliate.Admin.CreateAsync("programs", body.With("shortCode", "help-1"))).Problem(409, "program.short_code_taken");
        (await affiliate.Admin.ChangeAsync("programs", second.Id, body)).Problem(409, "program.short_code_taken");
        await other.Admin.MakeAsync("programs", Something.For("programs", other).With("shortCode", "HELP-1"));
    }

    [Fact]
    public async Task Of_many_programs_with_one_short_code_one_is_made()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For("programs", affiliate).With("shortCode", "ONCE");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => affiliate.Admin.CreateAsync("programs", body)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Problem(409, "program.short_code_taken"));
    }

    [Fact]
    public async Task A_platform_admin_says_for_which_affiliate() =>
        (await api.Platform.CreateAsync("programs", new JsonObject { ["name"] = "Whose?" })).RefusesField("affiliateId");

    [Theory]
    [InlineData("keywords")]
    [InlineData("channels")]
    public async Task A_program_that_something_hangs_on_is_not_removed(string kind)
    {
        var affiliate = await api.GivenAffiliateAsync();
        var program = await affiliate.Admin.MakeAsync("programs", Something.For("programs", affiliate));
        var made = await affiliate.Admin.MakeAsync(kind, Something.For(kind, affiliate).With("programId", program.Id));

        (await affiliate.Admin.DeleteAsync($"/api/programs/{program.Id}")).Problem(409, "program.in_use");

        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/{kind}/{made.Id}")).Status);
        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/programs/{program.Id}")).Status);
    }

    [Fact]
    public async Task A_program_in_which_somebody_answers_is_not_removed()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var program = await affiliate.GivenProgramAsync("Night line");
        await affiliate.GivenResponderAsync(3, program);

        (await affiliate.Admin.DeleteAsync($"/api/programs/{program}")).Problem(409, "program.in_use");
    }
}
