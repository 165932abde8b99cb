using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Api.Tests.Administration;
using Npgsql;

namespace Chat.Api.Tests.Surveys;

[Collection(ApiSuite.Name)]
public sealed class SurveyTests(ChatApi api)
{
    [Fact]
    public async Task A_survey_is_sent_when_there_is_one_and_none_is_running_and_the_texter_may_be_written_to()
    {
        var bench = await (await BenchAsync("entry", "scale text")).InActiveAsync();

        (await bench.SendAsync("exit")).Problem(409, "survey.not_now");
        (await bench.SendAsync("middle")).RefusesField("type");
        var sent = await (await bench.SendAsync("entry")).ReadAsync(200);
        (await bench.SendAsync("entry")).Problem(409, "survey.running");
        await bench.NextAsync();
        await bench.TextAsync("stop survey");
        await bench.WrapUpAsync();
        var refused = (await bench.SendAsync("entry")).Problem(409, "conversation.transition_not_allowed");
        (await bench.SendAsync("exit")).Problem(409, "survey.none");

        Assert.Equal("entry", sent.GetProperty("surveyRunning").GetString());
        Assert.Contains("send_entry_survey", sent.GetProperty("availableTransitions").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(("wrap_up", "send_entry_survey"), (refused.GetProperty("state").GetString(), refused.GetProperty("transition").GetString()));
        Assert.Equal(JsonValueKind.Null, (await bench.StateAsync()).GetProperty("surveyRunning").ValueKind);
    }

    [Fact]
    public async Task Whoever_reads_a_conversations_surveys_learns_what_its_program_asks()
    {
        var bench = await SurveyBench.CreateAsync(api, null, null, Asking("entry", "scale text"), Asking("exit", "yes_no"));
        await bench.InActiveAsync();
        await bench.Affiliate.GivenProgramAsync("Another line");
        var retired = (await (await bench.Affiliate.Admin.GetAsync("/api/surveys?type=exit")).ReadAsync(200)).GetProperty("items")[0];
        Assert.Equal(["entry 2", "exit 1"], await InUseAsync(bench));

        await (await bench.Affiliate.Admin.PutAsync(
            $"/api/surveys/{retired.GetProperty("id").GetGuid()}", Asking("exit", "yes_no")(bench.Affiliate).With("status", "inactive"), ("If-Match", "*"))).ReadAsync(200);

        Assert.Equal(["entry 2"], await InUseAsync(bench));
    }

    [Fact]
    public async Task Who_has_stopped_messages_is_asked_nothing()
    {
        var bench = await (await BenchAsync("entry", "scale")).InActiveAsync();
        await api.AskAsync<Guid>(
            "insert into stopped_texters (affiliate_id, channel_id, texter_id, source, stopped_at) "
            + "select affiliate_id, channel_id, texter_id, 'provider', now() from conversations where id = $1 returning texter_id", bench.Conversation);

        (await bench.SendAsync("entry")).Problem(409, "texter.stopped");
    }

    [Fact]
    public async Task Only_the_responder_who_holds_the_conversation_sends_a_survey_and_whoever_sees_it_reads_it()
    {
        var bench = await (await BenchAsync("entry", "scale")).InActiveAsync();
        var (colleague, _) = await bench.Affiliate.GivenResponderAsync();
        var (supervisor, _) = await bench.Affiliate.GivenUserAsync("supervisor");
        var stranger = await api.GivenAffiliateAsync();
        var path = $"/api/conversations/{bench.Conversation}/surveys";

        (await colleague.PostAsync(path, new { type = "entry" })).Problem(404, "resource.not_found");
        (await supervisor.PostAsync(path, new { type = "entry" })).Problem(403, "caller.forbidden");
        (await bench.Affiliate.Admin.PostAsync(path, new { type = "entry" })).Problem(403, "caller.forbidden");
        (await api.Anonymous.PostAsync(path, new { type = "entry" })).Problem(401, "auth.required");
        await (await bench.SendAsync("entry")).ReadAsync(200);

        (await colleague.GetAsync(path)).Problem(404, "resource.not_found");
        (await stranger.Admin.GetAsync(path)).Problem(404, "resource.not_found");
        (await api.Platform.GetAsync(path)).Problem(403, "caller.forbidden");
        Assert.All(new[] { await bench.ShownAsync(supervisor), await bench.ShownAsync(bench.Responder) }, shown => Assert.Single(shown));
        (await bench.Responder.GetAsync("/api/analytics/surveys")).Problem(403, "caller.forbidden");
        Assert.Empty((await (await stranger.Admin.GetAsync("/api/analytics/surveys")).ReadAsync(200)).GetProperty("surveys").EnumerateArray());
        Assert.Single((await (await supervisor.GetAsync("/api/analytics/surveys")).ReadAsync(200)).GetProperty("surveys").EnumerateArray());
    }

    [Fact]
    public async Task A_program_that_wants_it_so_asks_by_itself_when_a_conversation_begins_and_when_it_ends()
    {
        var bench = await SurveyBench.CreateAsync(
            api, new JsonObject { ["entrySurvey"] = "automatic", ["exitSurvey"] = "automatic" }, null, Asking("entry", "scale"), Asking("exit", "yes_no"));
        await bench.InActiveAsync();

        Assert.StartsWith("1/1 How are you now?", await bench.NextAsync(), StringComparison.Ordinal);
        await bench.TextAsync("4");
        Assert.StartsWith("Thank you", await bench.NextAsync(), StringComparison.Ordinal);
        await bench.WrapUpAsync();
        Assert.StartsWith("1/1 Do you feel safe?", await bench.NextAsync(), StringComparison.Ordinal);
        await bench.TextAsync("yes");
        Assert.StartsWith("Thank you", await bench.NextAsync(), StringComparison.Ordinal);
        await (await bench.Responder.PostAsync($"/api/conversations/{bench.Conversation}/close")).ReadAsync(200);

        Assert.Equal(["exit completed", "entry completed"], (await bench.ShownAsync()).Select(shown =>
            $"{shown.GetProperty("type").GetString()} {shown.GetProperty("status").GetString()}"));
        Assert.Equal("true", await bench.AskAsync<string>(
            "select data ->> 'surveyCompleted' from outbox where subject = $1 and type = 'conversation.closed'", bench.Conversation));
    }

    [Fact]
    public async Task The_first_answer_of_a_responder_goes_out_before_the_survey_that_begins_by_itself()
    {
        var bench = await SurveyBench.CreateAsync(api, new JsonObject { ["entrySurvey"] = "automatic" }, null, Asking("entry", "scale"));
        await bench.InActiveAsync(byReply: "Hi, I am Robin.");

        Assert.Equal("Hi, I am Robin.", await bench.NextAsync());
        Assert.StartsWith("1/1 How are you now?", await bench.NextAsync(), StringComparison.Ordinal);
        await bench.TextAsync("5");
        Assert.Equal("scale=5", await bench.AnswersAsync());
    }

    [Fact]
    public async Task What_is_wrong_in_a_programs_survey_settings_is_named()
    {
        var affiliate = await api.GivenAffiliateForRefusalsAsync();
        var body = Something.For("programs", affiliate);

        (await affiliate.Admin.CreateAsync("programs", body.With("settings", new JsonObject { ["exitSurvey"] = "sometimes" }))).RefusesField("settings.exitSurvey");
        (await affiliate.Admin.CreateAsync("programs", body.With("settings", new JsonObject { ["entrySurvey"] = true }))).RefusesField("settings.entrySurvey");
    }

    [Fact]
    public async Task An_answer_leaves_an_agreed_follow_up_in_place_and_a_real_message_withdraws_it()
    {
        var bench = await (await BenchAsync("exit", "scale yes_no")).InActiveAsync();
        await bench.WrapUpAsync();
        await (await bench.SendAsync("exit")).ReadAsync(200);
        await (await bench.Responder.PostAsync(
            $"/api/conversations/{bench.Conversation}/follow-ups", new { scheduledFor = DateTimeOffset.UtcNow.AddDays(2), message = "How are you today?" })).ReadAsync(200);

        await bench.TextAsync("3");
        Assert.Equal("follow_up_scheduled", (await bench.StateAsync()).GetProperty("state").GetString());
        Assert.Equal(1, await bench.AskAsync<long>("select count(*) from due_jobs where kind = 'follow_up' and subject_id = $1", bench.Conversation));
        await bench.TextAsync("something has happened, can we talk");

        Assert.Equal("active", (await bench.StateAsync()).GetProperty("state").GetString());
        Assert.Equal("interrupted", (await bench.ShownAsync())[0].GetProperty("status").GetString());
        Assert.Equal(0, await bench.AskAsync<long>("select count(*) from due_jobs where kind in ('follow_up', 'survey') and subject_id = $1", bench.Conversation));
    }

    [Fact]
    public async Task A_question_that_is_not_answered_in_time_ends_the_survey_by_the_clock_and_a_late_answer_is_a_message()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = api.Start(
            ("ConnectionStrings:Chat", database.Chat), ("ConnectionStrings:ChatMigrations", database.Owner), ("ConnectionStrings:Keys", database.Keys),
            ("Testing:Enabled", "true"));
        var bench = await SurveyBench.CreateAsync(api, null, host.Address, Asking("exit", "scale yes_no", minutes: 10));
        bench.Ask = (sql, parameters) => AskAsync(database, sql, parameters);
        await bench.InActiveAsync();
        await bench.WrapUpAsync();
        await (await bench.SendAsync("exit")).ReadAsync(200);

        await AdvanceAsync(bench, host.Address, minutes: 9);
        await bench.TextAsync("3");
        await AdvanceAsync(bench, host.Address, minutes: 9);
        Assert.Equal("running", (await bench.ShownAsync())[0].GetProperty("status").GetString());
        await AdvanceAsync(bench, host.Address, minutes: 2);
        await Eventually.Is(async () => (await bench.ShownAsync())[0].GetProperty("status").GetString() == "expired", "the survey expires");
        Assert.Equal("wrap_up", (await bench.StateAsync()).GetProperty("state").GetString());
        Assert.Equal("expired", await bench.AskAsync<string>(
            "select data ->> 'outcome' from outbox where subject = $1 and type = 'conversation.survey.completed'", bench.Conversation));
        await bench.BeAsync("available");
        await bench.TextAsync("yes");

        Assert.Equal("active", (await bench.StateAsync()).GetProperty("state").GetString());
        Assert.Equal("scale=3", await bench.AnswersAsync());
    }

    [Fact]
    public async Task Two_instances_ask_each_question_and_keep_each_answer_once()
    {
        await using var second = api.Start();
        var benches = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await (await BenchAsync("exit", "scale yes_no scale")).InActiveAsync()));
        foreach (var bench in benches)
        {
            await bench.WrapUpAsync();
            await (await bench.SendAsync("exit")).ReadAsync(200);
            await bench.NextAsync();
        }

        foreach (var (answer, next) in new[] { ("4", "2/3"), ("yes", "3/3"), ("two", "Thank you") })
        {
            await Task.WhenAll(benches.Select(async bench =>
            {
                var sid = TestAffiliate.NewSid();
                await Task.WhenAll(
                    bench.Affiliate.TextAsync(bench.Texter, answer, sid), bench.Affiliate.TextAsync(bench.Texter, answer, sid, second.Address));
                Assert.StartsWith(next, await bench.NextAsync(), StringComparison.Ordinal);
            }));
        }

        foreach (var bench in benches)
        {
            await bench.SettledAsync();
            await bench.NothingMoreAsync();
            Assert.Equal("scale=4; yes_no=yes; again=2", await bench.AnswersAsync());
            Assert.Equal(1, await bench.AskAsync<long>("select count(*) from outbox where subject = $1 and type = 'conversation.survey.completed'", bench.Conversation));
        }
    }

    [Fact]
    public async Task What_texters_answered_stands_nowhere_in_the_clear()
    {
        const string Canary = "the heron waits by the mill";
        var bench = await (await BenchAsync("exit", "choice text")).InActiveAsync();
        await bench.WrapUpAsync();
        await (await bench.SendAsync("exit")).ReadAsync(200);
        await bench.TextAsync("being heard");
        await bench.TextAsync(Canary);

        Assert.Equal($"choice=Being heard; text={Canary}", await bench.AnswersAsync());
        foreach (var table in new[] { "survey_answers", "survey_responses", "messages", "outbox", "notifications", "audit_entries" })
        {
            var stored = await bench.AskAsync<string>($"select coalesce(string_agg(t::text, ''), '') from {table} t where affiliate_id = $1", bench.Affiliate.Id);
            foreach (var secret in new[] { "heron", "Being heard", "being heard" })
            {
                Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
                Assert.DoesNotContain(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(secret)), stored, StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain("heron", api.Logged, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_are_counted_for_each_wording_and_question_and_list_nobodys_words()
    {
        var bench = await BenchAsync("exit", "scale yes_no text");
        foreach (var script in new[] { "4|yes|all good", "two|no|skip", "skip|stop survey", "5|yes|I want to talk to somebody now please" })
        {
            await RunAsync(bench, script.Split('|'));
        }

        var survey = (await (await bench.Affiliate.Admin.GetAsync("/api/surveys")).ReadAsync(200)).Items()[0];
        await (await bench.Affiliate.Admin.ChangeAsync("surveys", survey.Id(), SurveyBench.Survey(bench.Affiliate, "exit", SurveyBench.Question("scale")))).ReadAsync(200);
        await RunAsync(bench, "1");
        (await bench.Affiliate.Admin.DeleteAsync($"/api/surveys/{survey.Id()}")).Problem(409, "survey.in_use");

        var answer = await bench.Affiliate.Admin.GetAsync($"/api/analytics/surveys?programId={bench.Affiliate.ProgramId}");
        var results = await answer.ReadAsync(200);
        var surveys = results.GetProperty("surveys").EnumerateArray().ToArray();
        Assert.Equal([2, 1], surveys.Select(result => result.GetProperty("wordingVersion").GetInt32()));
        var first = surveys[1];
        Assert.Equal(
            "started 4, running 0, completed 3, stopped 1, expired 0, interrupted 0",
            string.Join(", ", new[] { "started", "running", "completed", "stopped", "expired", "interrupted" }.Select(name => $"{name} {first.GetProperty(name).GetInt32()}")));
        Assert.Equal(0.75, first.GetProperty("completionRate").GetDouble());
        Assert.Equal(
            ["scale: 3 answered, 1 skipped, mean 3.67, 1=0 2=1 3=0 4=1 5=1", "yes_no: 3 answered, 0 skipped, mean , yes=2 no=1", "text: 2 answered, 1 skipped, mean , "],
            first.GetProperty("questions").EnumerateArray().Select(Describe));
        Assert.Equal("scale: 1 answered, 0 skipped, mean 1, 1=1 2=0 3=0 4=0 5=0", Describe(surveys[0].GetProperty("questions")[0]));
        Assert.Equal((4, 3), (first.GetProperty("days")[0].GetProperty("started").GetInt32(), first.GetProperty("days")[0].GetProperty("completed").GetInt32()));
        Assert.Equal(3, first.GetProperty("questions")[0].GetProperty("days")[0].GetProperty("answered").GetInt32());
        Assert.False(results.GetProperty("truncated").GetBoolean());
        Assert.DoesNotContain("all good", answer.Text, StringComparison.Ordinal);
        Assert.Empty((await (await bench.Affiliate.Admin.GetAsync($"/api/analytics/surveys?programId={Guid.CreateVersion7()}")).ReadAsync(200)).GetProperty("surveys").EnumerateArray());
        (await bench.Affiliate.Admin.GetAsync("/api/analytics/surveys?from=2026-02-01&to=2026-01-01")).RefusesField("to");
    }

    [Fact]
    public async Task A_day_is_the_affiliates_day()
    {
        var bench = await BenchAsync("exit", "scale");
        await RunAsync(bench, "4");
        await RunAsync(bench, "2");

        // Chicago: half an hour before and after the midnight of 10 March 2026.
        await api.AskAsync<long>(
            """
            with moved as (
                update survey_responses r set started_at = timestamptz '2026-03-10 05:00Z' + (case when r.id = l.last then 1 else -1 end) * interval '30 minutes'
                from (select id as last from survey_responses where affiliate_id = $1 order by id desc limit 1) l
                where r.affiliate_id = $1
                returning 1)
            select count(*) from moved
            """,
            bench.Affiliate.Id);

        Assert.Equal("2026-03-09 1, 2026-03-10 1", await DaysAsync("2026-03-09", "2026-03-10"));
        Assert.Equal("2026-03-09 1", await DaysAsync("2026-03-01", "2026-03-09"));
        Assert.Equal("2026-03-10 1", await DaysAsync("2026-03-10", "2026-03-11"));

        async Task<string> DaysAsync(string from, string to) => string.Join(", ",
            (await (await bench.Affiliate.Admin.GetAsync($"/api/analytics/surveys?from={from}&to={to}")).ReadAsync(200)).GetProperty("surveys").EnumerateArray()
            .SelectMany(survey => survey.GetProperty("days").EnumerateArray())
            .Select(day => $"{day.GetProperty("date").GetString()} {day.GetProperty("started").GetInt32()}"));
    }

    private static async Task<IEnumerable<string>> InUseAsync(SurveyBench bench) =>
        (await (await bench.Responder.GetAsync($"/api/conversations/{bench.Conversation}/surveys")).ReadAsync(200)).GetProperty("inUse").EnumerateArray()
            .Select(survey => $"{survey.GetProperty("type").GetString()} {survey.GetProperty("questions").GetInt32()}");

    private static string Describe(JsonElement question) => string.Create(CultureInfo.InvariantCulture,
        $"{question.GetProperty("id").GetString()}: {question.GetProperty("answered").GetInt32()} answered, {question.GetProperty("skipped").GetInt32()} skipped, mean {Mean(question)}, {Counts(question)}");

    private static string Mean(JsonElement question) => question.GetProperty("mean") is { ValueKind: JsonValueKind.Number } mean ? mean.GetRawText() : "";

    private static string Counts(JsonElement question) => string.Join(' ', question.GetProperty("counts").EnumerateArray()
        .Select(count => $"{count.GetProperty("value").GetString()}={count.GetProperty("count").GetInt32()}"));

    private static Func<TestAffiliate, JsonObject> Asking(string type, string questions, int? minutes = null) => affiliate =>
    {
        var asked = questions.Split(' ').Select(kind => SurveyBench.Question(kind)).ToArray();
        if (asked.Length == 3 && questions.EndsWith("scale", StringComparison.Ordinal))
        {
            asked[2] = asked[2].With("id", "again");
        }

        return SurveyBench.Survey(affiliate, type, asked).With("expiresAfterMinutes", minutes);
    };

    private Task<SurveyBench> BenchAsync(string type, string questions) => SurveyBench.CreateAsync(api, null, null, Asking(type, questions));

    private static async Task RunAsync(SurveyBench bench, params string[] answers)
    {
        await bench.InActiveAsync();
        await bench.WrapUpAsync();
        await (await bench.SendAsync("exit")).ReadAsync(200);
        foreach (var answer in answers)
        {
            await bench.TextAsync(answer);
        }

        var state = (await bench.StateAsync()).GetProperty("state").GetString();
        await (await bench.Responder.PostAsync($"/api/conversations/{bench.Conversation}/close")).ReadAsync(200);
        Assert.Equal("wrap_up", state);
    }

    private static async Task AdvanceAsync(SurveyBench bench, Uri at, int minutes)
    {
        await (await new Client(at).PostAsync("/api/testing/clock", new { advanceSeconds = minutes * 60 })).ReadAsync(200);
        await bench.BeAsync("available");
    }

    private static async Task<object> AskAsync(TestDatabase database, string sql, object[] parameters)
    {
        await using var connection = new NpgsqlConnection(database.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return (await command.ExecuteScalarAsync())!;
    }
}
