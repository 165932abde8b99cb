using System.Text.Json.Nodes;

namespace Chat.Api.Tests.Administration;

[Collection(ApiSuite.Name)]
public sealed class SurveysTests(ChatApi api)
{
    private const string Kind = "surveys";

    [Fact]
    public async Task A_survey_is_shown_with_what_it_was_given_and_as_texters_will_read_it()
    {
        var affiliate = await api.GivenAffiliateAsync();

        var made = (await affiliate.Admin.MakeAsync(Kind, Body(affiliate, """
            [{"id": "mood", "text": " How are you? ", "kind": "scale", "required": true, "alertOn": ["1", "2"]},
             {"text": "What helped?", "kind": "choice", "options": ["Talking", " Advice "]},
             {"id": "q3", "text": "Anything else?", "kind": "text"},
             {"text": "Do you feel safe?", "kind": "yes_no", "alertOn": ["no"]}]
            """))).View;

        Assert.Equal(("exit", "en", "active", 60, 1), (
            made.GetProperty("type").GetString(), made.GetProperty("language").GetString(), made.GetProperty("status").GetString(),
            made.GetProperty("expiresAfterMinutes").GetInt32(), made.GetProperty("wordingVersion").GetInt32()));
        var questions = made.GetProperty("questions").EnumerateArray().ToArray();
        Assert.Equal(["mood", "q2", "q3", "q4"], questions.Select(question => question.GetProperty("id").GetString()));
        Assert.Equal(
            [
                "1/4 How are you? Reply 1-5, SKIP or STOP SURVEY.", "2/4 What helped?\n1 Talking\n2 Advice\nReply 1-2, SKIP or STOP SURVEY.",
                "3/4 Anything else? Reply in your own words, SKIP or STOP SURVEY.", "4/4 Do you feel safe? Reply YES or NO, SKIP or STOP SURVEY.",
            ],
            questions.Select(question => question.GetProperty("preview").GetString()));
        Assert.Equal([true, false, false, false], questions.Select(question => question.GetProperty("required").GetBoolean()));
        Assert.Equal("1, 2", string.Join(", ", questions[0].GetProperty("alertOn").EnumerateArray().Select(answer => answer.GetString())));
    }

    [Fact]
    public async Task An_entry_survey_waits_twenty_minutes_unless_it_says_otherwise()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(Kind, affiliate).With("type", "entry");

        Assert.Equal(20, (await affiliate.Admin.MakeAsync(Kind, body)).View.GetProperty("expiresAfterMinutes").GetInt32());
        Assert.Equal(5, (await affiliate.Admin.MakeAsync(Kind, body.With("expiresAfterMinutes", 5))).View.GetProperty("expiresAfterMinutes").GetInt32());
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "programId", "\"00000000-0000-0000-0000-000000000000\"" },
        { "type", "null" },
        { "type", "\"Exit\"" },
        { "title", "\" \"" },
        { "language", "\"de\"" },
        { "expiresAfterMinutes", "0" },
        { "expiresAfterMinutes", "10081" },
        { "status", "\"off\"" },
        { "questions", "[]" },
        { "questions", "[" + string.Join(',', Enumerable.Repeat("""{"text": "Well?", "kind": "text"}""", 31)) + "]" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_field_that_is_wrong_is_named(string field, string value)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var body = Something.For(Kind, affiliate);
        var made = await affiliate.Admin.MakeAsync(Kind, body);
        var wrong = body.With(field, JsonNode.Parse(value));

        (await affiliate.Admin.CreateAsync(Kind, wrong)).RefusesField(field);
        (await affiliate.Admin.ChangeAsync(Kind, made.Id, wrong)).RefusesField(field);
    }

    public static TheoryData<string, string> WrongQuestions => new()
    {
        { "id", """{"id": "two words", "text": "Well?", "kind": "text"}""" },
        { "id", """{"id": "first", "text": "Well?", "kind": "text"}""" },
        { "kind", """{"text": "Well?", "kind": "stars"}""" },
        { "kind", """{"text": "Well?", "kind": null}""" },
        { "text", """{"text": " ", "kind": "text"}""" },
        { "text", $$"""{"text": "{{new string('a', 1001)}}", "kind": "text"}""" },
        { "options", """{"text": "Well?", "kind": "choice"}""" },
        { "options", """{"text": "Well?", "kind": "choice", "options": ["One"]}""" },
        { "options", """{"text": "Well?", "kind": "choice", "options": ["One", ""]}""" },
        { "options", """{"text": "Well?", "kind": "choice", "options": ["One", "two\nlines"]}""" },
        { "options", """{"text": "Well?", "kind": "choice", "options": ["One", "one"]}""" },
        { "options", """{"text": "Well?", "kind": "choice", "options": ["Go on", "Stop"]}""" },
        { "options", """{"text": "Well?", "kind": "choice", "options": ["Go on", "Skip"]}""" },
        { "options", $$"""{"text": "{{new string('a', 900)}}", "kind": "choice", "options": ["{{new string('b', 200)}}", "{{new string('c', 200)}}"]}""" },
        { "options", """{"text": "Well?", "kind": "scale", "options": ["1"]}""" },
        { "options", """{"text": "Well?", "kind": "scale", "options": ["5", "1"]}""" },
        { "options", """{"text": "Well?", "kind": "scale", "options": ["-1", "1"]}""" },
        { "options", """{"text": "Well?", "kind": "scale", "options": ["1", "101"]}""" },
        { "options", """{"text": "Well?", "kind": "scale", "options": ["low", "high"]}""" },
        { "options", """{"text": "Well?", "kind": "text", "options": ["One"]}""" },
        { "options", """{"text": "Well?", "kind": "yes_no", "options": ["yes", "no"]}""" },
        { "alertOn", """{"text": "Well?", "kind": "scale", "alertOn": ["6"]}""" },
        { "alertOn", """{"text": "Well?", "kind": "yes_no", "alertOn": ["maybe"]}""" },
        { "alertOn", """{"text": "Well?", "kind": "choice", "options": ["One", "Two"], "alertOn": ["Three"]}""" },
        { "alertOn", """{"text": "Well?", "kind": "text", "alertOn": ["help"]}""" },
    };

    [Theory]
    [MemberData(nameof(WrongQuestions))]
    public async Task A_question_that_is_wrong_is_named_with_what_is_wrong(string member, string question)
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();

        var answer = await affiliate.Admin.CreateAsync(Kind, Body(affiliate, $$"""[{"id": "first", "text": "First?", "kind": "text"}, {{question}}]"""));

        answer.RefusesField($"questions[1].{member}");
    }

    [Fact]
    public async Task A_program_has_one_active_survey_of_each_type()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(Kind, affiliate).With("status", "active");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => affiliate.Admin.CreateAsync(Kind, body)));
        var aside = await affiliate.Admin.MakeAsync(Kind, body.With("status", "inactive"));

        var first = Assert.Single(answers, answer => answer.Status == 201).Json.Id();
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Problem(409, "survey.taken"));
        (await affiliate.Admin.ChangeAsync(Kind, aside.Id, body)).Problem(409, "survey.taken");
        await affiliate.Admin.MakeAsync(Kind, body.With("type", "entry"));
        await affiliate.Admin.MakeAsync(Kind, body.With("programId", await affiliate.GivenProgramAsync("Other line")));
        await (await affiliate.Admin.ChangeAsync(Kind, first, body.With("status", "inactive"))).ReadAsync(200);
        await (await affiliate.Admin.ChangeAsync(Kind, aside.Id, body)).ReadAsync(200);
    }

    [Fact]
    public async Task Only_other_questions_make_another_wording()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(Kind, affiliate);
        var made = await affiliate.Admin.MakeAsync(Kind, body);

        var renamed = await (await affiliate.Admin.ChangeAsync(Kind, made.Id, body.With("title", "Another name").With("status", "active"))).ReadAsync(200);
        var reworded = await (await affiliate.Admin.ChangeAsync(
            Kind, made.Id, body.With("questions", JsonNode.Parse("""[{"id": "helped", "text": "Has it helped?", "kind": "yes_no"}]""")))).ReadAsync(200);
        var translated = await (await affiliate.Admin.ChangeAsync(
            Kind, made.Id, body.With("language", "es").With("questions", JsonNode.Parse("""[{"id": "helped", "text": "Has it helped?", "kind": "yes_no"}]""")))).ReadAsync(200);

        Assert.Equal(
            [(2, 1), (3, 3), (4, 4)],
            new[] { renamed, reworded, translated }.Select(view => (view.GetProperty("version").GetInt32(), view.GetProperty("wordingVersion").GetInt32())));
        Assert.Equal((long[])[1, 3, 4], await api.AskAsync<long[]>("select array_agg(version order by version) from survey_wordings where survey_id = $1", made.Id));
    }

    [Fact]
    public async Task A_list_is_filtered_by_program_type_and_status()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var other = await affiliate.GivenProgramAsync("Other line");
        var exit = (await affiliate.Admin.MakeAsync(Kind, Something.For(Kind, affiliate).With("status", "active"))).Id;
        var entry = (await affiliate.Admin.MakeAsync(Kind, Something.For(Kind, affiliate).With("type", "entry"))).Id;
        var elsewhere = (await affiliate.Admin.MakeAsync(Kind, Something.For(Kind, affiliate).With("programId", other))).Id;

        Assert.Equal([entry], (await affiliate.Admin.WalkAsync($"/api/{Kind}?type=entry", 1)).Ids);
        Assert.Equal([exit], (await affiliate.Admin.WalkAsync($"/api/{Kind}?status=active", 1)).Ids);
        Assert.Equal([elsewhere], (await affiliate.Admin.WalkAsync($"/api/{Kind}?programId={other}", 1)).Ids);
        Assert.Equal([exit, entry, elsewhere], (await api.Platform.WalkAsync($"/api/{Kind}?affiliateId={affiliate.Id}", 2)).Ids);
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_trail_and_a_repeated_creation_is_one()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var body = Something.For(Kind, affiliate);
        var answers = new[]
        {
            await affiliate.Admin.CreateAsync(Kind, body, ("Idempotency-Key", "one")), await affiliate.Admin.CreateAsync(Kind, body, ("Idempotency-Key", "one")),
        };
        var id = (await answers[1].ReadAsync(201)).Id();
        await (await affiliate.Admin.ChangeAsync(Kind, id, body)).ReadAsync(200);
        Assert.Equal(204, (await affiliate.Admin.DeleteAsync($"/api/{Kind}/{id}")).Status);

        var entries = (await (await affiliate.Admin.GetAsync($"/api/admin/audit?subject={id}")).ReadAsync(200)).Items();

        Assert.Equal(answers[0].Json.Id(), id);
        Assert.Equal(["DeleteSurvey", "ChangeSurvey", "CreateSurvey"], entries.Select(entry => entry.GetProperty("action").GetString()));
    }

    private static JsonObject Body(TestAffiliate affiliate, string questions) =>
        Something.For(Kind, affiliate).Without("status").With("questions", JsonNode.Parse(questions));
}
