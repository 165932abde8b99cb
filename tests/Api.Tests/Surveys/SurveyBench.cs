using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Api.Tests.Administration;

namespace Chat.Api.Tests.Surveys;

/// <summary>One texter, one responder and the surveys of their program.</summary>
internal sealed class SurveyBench
{
    private readonly ChatApi _api;
    private int _heard;

    private SurveyBench(ChatApi api, TestAffiliate affiliate) => (_api, Affiliate) = (api, affiliate);

    public TestAffiliate Affiliate { get; }

    public Client Responder { get; private set; } = null!;

    public string Texter { get; private set; } = "";

    public Guid Conversation { get; private set; }

    public Uri? Address { get; init; }

    public static JsonObject Survey(TestAffiliate affiliate, string type, params JsonObject[] questions) => new()
    {
        ["programId"] = affiliate.ProgramId, ["type"] = type, ["title"] = $"How is it? ({type})", ["questions"] = new JsonArray([.. questions]),
    };

    public static JsonObject Question(string kind, bool required = false, bool spanish = false) => kind switch
    {
        "scale" => Of(spanish ? "¿Cómo estás ahora?" : "How are you now?", ["1", "5"], ["1"]),
        "choice" => Of(spanish ? "¿Qué te ayudó?" : "What helped?", spanish ? ["Hablar", "Que me escucharan", "Nada"] : ["Talking", "Being heard", "Nothing"], []),
        "yes_no" => Of(spanish ? "¿Te sientes a salvo?" : "Do you feel safe?", [], ["no"]),
        "text" => Of(spanish ? "¿Algo más?" : "Anything else?", [], []),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    } is { } question
        ? question.With("id", kind).With("kind", kind).With("required", required)
        : throw new InvalidOperationException();

    /// <summary>An active conversation, in a program with these surveys.</summary>
    public static async Task<SurveyBench> CreateAsync(ChatApi api, JsonObject? settings = null, Uri? at = null, params Func<TestAffiliate, JsonObject>[] surveys)
    {
        var affiliate = await TestAffiliate.CreateAsync(api, at);
        foreach (var survey in surveys)
        {
            await (await affiliate.Admin.PostAsync("/api/surveys", survey(affiliate))).ReadAsync(201);
        }

        if (settings is not null)
        {
            await (await affiliate.Admin.PutAsync(
                $"/api/programs/{affiliate.ProgramId}", new JsonObject { ["name"] = "Main line", ["settings"] = settings }, ("If-Match", "*"))).ReadAsync(200);
        }

        var bench = new SurveyBench(api, affiliate) { Address = at };
        (bench.Responder, _) = await affiliate.GivenResponderAsync();
        await bench.BeAsync("available");
        return bench;
    }

    /// <summary>A new texter's conversation, taken and started.</summary>
    public async Task<SurveyBench> InActiveAsync(string? byReply = null)
    {
        (Texter, Conversation) = await Affiliate.GivenWaitingAsync();
        _heard = 0;
        await (await Responder.PostAsync($"/api/conversations/{Conversation}/claim")).ReadAsync(200);
        if (byReply is not null)
        {
            await SayAsync(byReply);
        }
        else
        {
            await (await Responder.PostAsync($"/api/conversations/{Conversation}/start")).ReadAsync(200);
        }

        return this;
    }

    public Task BeAsync(string status) => Responder.PutAsync("/api/presence", new { status });

    public Task<Answer> SendAsync(string type) => Responder.PostAsync($"/api/conversations/{Conversation}/surveys", new { type });

    public async Task WrapUpAsync() => await (await Responder.PostAsync($"/api/conversations/{Conversation}/wrap-up")).ReadAsync(200);

    public async Task SayAsync(string content) =>
        await (await Responder.PostAsync($"/api/conversations/{Conversation}/messages", new { content })).ReadAsync(201);

    /// <summary>The texter writes, and what they wrote is taken up.</summary>
    public async Task TextAsync(string body)
    {
        Assert.Equal(200, (await Affiliate.TextAsync(Texter, body, to: Address)).Status);
        await SettledAsync();
    }

    public Task SettledAsync() => Eventually.Is(
        async () => await Affiliate.Admin.GetAsync($"/api/conversations/{Conversation}") is { Status: 200 }
            && !await AskAsync<bool>("select called_at is not null from conversations where id = $1", Conversation),
        "what the texter wrote is taken up");

    public async Task<T> AskAsync<T>(string sql, params object[] parameters) => (T)await Asking(sql, parameters);

    /// <summary>Where the rows stand; the suite's own database unless the test has another.</summary>
    public Func<string, object[], Task<object>>? Ask { get; set; }

    /// <summary>The next text that reaches the texter.</summary>
    public async Task<string> NextAsync()
    {
        var text = await Eventually.Get(
            () => Task.FromResult(_api.Twilio.To(Affiliate.AccountSid, Texter).Skip(_heard).FirstOrDefault()), "the next text reaches the texter");
        _heard++;
        return text.Body;
    }

    /// <summary>No text is on its way that has not been read.</summary>
    public async Task NothingMoreAsync()
    {
        await Eventually.Is(
            async () => await AskAsync<long>("select count(*) from deliveries where conversation_id = $1", Conversation) == 0, "all texts have gone out");
        Assert.Equal(_heard, _api.Twilio.To(Affiliate.AccountSid, Texter).Count);
    }

    public async Task<JsonElement> StateAsync() => await (await Affiliate.Admin.GetAsync($"/api/conversations/{Conversation}")).ReadAsync(200);

    public async Task<JsonElement[]> ShownAsync(Client? to = null) =>
        (await (await (to ?? Affiliate.Admin).GetAsync($"/api/conversations/{Conversation}/surveys")).ReadAsync(200)).GetProperty("items").EnumerateArray().ToArray();

    /// <summary>What the newest survey's questions were answered: id=answer, with - for what was skipped and nothing for what was not asked.</summary>
    public async Task<string> AnswersAsync() => string.Join("; ", (await ShownAsync())[0].GetProperty("questions").EnumerateArray()
        .Where(question => question.GetProperty("status").GetString() is "answered" or "skipped")
        .Select(question => $"{question.GetProperty("id").GetString()}={question.GetProperty("answer").GetString() ?? "-"}"));

    public async Task<string> ToldAsync() => await AskAsync<string>(
        "select coalesce(string_agg(distinct kind, ', ' order by kind), '') from notifications where conversation_id = $1 and kind in ('texter_wrote', 'survey_alert')",
        Conversation);

    private Task<object> Asking(string sql, object[] parameters) => Ask?.Invoke(sql, parameters) ?? _api.AskAsync<object>(sql, parameters);

    private static JsonObject Of(string text, string[] options, string[] alertOn) => new()
    {
        ["text"] = text, ["options"] = new JsonArray([.. options.Select(option => JsonValue.Create(option))]),
        ["alertOn"] = new JsonArray([.. alertOn.Select(answer => JsonValue.Create(answer))]),
    };
}
