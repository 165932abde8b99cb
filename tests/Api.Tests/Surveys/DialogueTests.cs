using Chat.Api.Tests.Administration;

namespace Chat.Api.Tests.Surveys;

/// <summary>
/// Surveys by text, from the first question to the event. In a script &lt; is what the texter writes, &gt; what reaches them (… stands for
/// the rest), r: what the responder writes, and the other words are what the responder does.
/// </summary>
[Collection(ApiSuite.Name)]
public sealed class DialogueTests(ChatApi api)
{
    private const string Thanks = "> Thank you. That was the last question.";
    private const string Stopped = "> OK, no more questions. You can write to us at any time.";

    public static TheoryData<string, string, string[], string, string> Dialogues => new()
    {
        // survey, questions (* is required), script, answers, outcome · state · whom was told
        { "exit", "scale choice yes_no text", [
            "> 1/4 How are you now? Reply 1-5, SKIP or STOP SURVEY.", "< 4",
            "> 2/4 What helped?\n1 Talking\n2 Being heard\n3 Nothing\nReply 1-3, SKIP or STOP SURVEY.", "< 2",
            "> 3/4 Do you feel safe? Reply YES or NO, SKIP or STOP SURVEY.", "< yes!",
            "> 4/4 Anything else? Reply in your own words, SKIP or STOP SURVEY.", "< Thank you for being there", Thanks],
            "scale=4; choice=Being heard; yes_no=yes; text=Thank you for being there", "completed · wrap_up · texter_wrote" },
        { "exit es", "scale choice yes_no text", [
            "> 1/4 ¿Cómo estás ahora? Responde 1-5, SALTAR o BASTA.", "< tres",
            "> 2/4 ¿Qué te ayudó?\n1 Hablar\n2 Que me escucharan\n3 Nada\nResponde 1-3, SALTAR o BASTA.", "< hablar",
            "> 3/4 ¿Te sientes a salvo? Responde SI o NO, SALTAR o BASTA.", "< ¡Claro que sí!",
            "> 4/4 ¿Algo más? Responde con tus palabras, SALTAR o BASTA.", "< saltar", "> Gracias. Esa era la última pregunta."],
            "scale=3; choice=Hablar; yes_no=yes; text=-", "completed · wrap_up · " },
        { "entry", "scale yes_no", ["> 1/2…", "< definitely 3!", "> 2/2…", "< nope", Thanks], "scale=3; yes_no=no", "completed · active · survey_alert" },
        { "entry", "scale", ["> 1/1…", "< four", Thanks], "scale=4", "completed · active · " },
        { "exit", "scale", ["> 1/1…", "< 5/5", Thanks], "scale=5", "completed · wrap_up · " },
        { "exit", "scale", ["> 1/1…", "< a two I guess", Thanks], "scale=2", "completed · wrap_up · " },
        { "exit es", "scale", ["> 1/1…", "< creo que un cuatro", "> Gracias…"], "scale=4", "completed · wrap_up · " },
        { "exit", "choice", ["> 1/1…", "< b", Thanks], "choice=Being heard", "completed · wrap_up · " },
        { "exit", "choice", ["> 1/1…", "< noth", Thanks], "choice=Nothing", "completed · wrap_up · " },

        // Nonsense is asked again once.
        { "exit", "scale yes_no", ["> 1/2…", "< 7", "> Sorry, I did not understand that. 1/2 How are you now?…", "< 4", "> 2/2…", "< yeah", Thanks],
            "scale=4; yes_no=yes", "completed · wrap_up · texter_wrote" },
        { "exit es", "yes_no", ["> 1/1…", "< no sé", "> Perdón, no entendí. 1/1…", "< sí", "> Gracias…"], "yes_no=yes", "completed · wrap_up · texter_wrote" },
        { "exit", "scale yes_no", ["> 1/2…", "< banana", "> Sorry…", "< lol"], "", "interrupted · active · texter_wrote" },
        { "entry", "scale yes_no", ["> 1/2…", "< banana", "> Sorry…", "< lol", "> 2/2…", "< si", Thanks], "scale=-; yes_no=yes", "completed · active · " },

        // Whatever is asked can be skipped, and ended.
        { "exit", "scale text", ["> 1/2…", "< SKIP", "> 2/2…", "< skip it", Thanks], "scale=-; text=-", "completed · wrap_up · " },
        { "exit", "scale* text", ["> 1/2…", "< skip", "> It would help us to know. SKIP again leaves it out. 1/2…", "< skip", "> 2/2…", "< no", Thanks],
            "scale=-; text=no", "completed · wrap_up · texter_wrote" },
        { "exit es", "yes_no* text", ["> 1/2…", "< paso", "> Nos ayudaría saberlo. Con SALTAR otra vez la dejamos. 1/2…", "< sí", "> 2/2…", "< paso", "> Gracias…"],
            "yes_no=yes; text=-", "completed · wrap_up · " },
        { "exit", "scale text", ["> 1/2…", "< 4", "> 2/2…", "< Stop survey", Stopped], "scale=4", "stopped · wrap_up · " },
        { "exit", "text scale", ["> 1/2…", "< no more questions", Stopped], "", "stopped · wrap_up · " },
        { "exit es", "scale", ["> 1/1…", "< ¡Basta!", "> De acuerdo, no más preguntas. Puedes escribirnos en cualquier momento."], "", "stopped · wrap_up · " },
        { "entry es", "scale", ["> 1/1…", "< no quiero", "> De acuerdo…"], "", "stopped · active · " },
        { "exit", "scale text", ["> 1/2…", "< 4", "> 2/2…", "< STOP"], "scale=4", "stopped · closed · " },
        { "entry", "text", ["> 1/1…", "< END"], "", "stopped · closed · " },

        // An answer that is to be told, and words that are nobody's answer.
        { "exit", "scale text", ["> 1/2…", "< one", "> 2/2…", "< skip", Thanks], "scale=1; text=-", "completed · wrap_up · survey_alert" },
        { "exit", "scale yes_no", ["> 1/2…", "< 4", "> 2/2…", "< I can't do this any more please talk to me"], "scale=4", "interrupted · active · texter_wrote" },
        { "exit", "yes_no", ["> 1/1…", "< help"], "", "interrupted · active · texter_wrote" },
        { "exit", "scale", ["> 1/1…", "< I took 30 pills"], "", "interrupted · active · texter_wrote" },
        { "exit", "scale", ["> 1/1…", "away", "< no puedo más, quiero morir"], "", "interrupted · queued · " },
        { "exit", "text scale", ["> 1/2…", "away", "< it is all too much", "> 2/2…"], "text=it is all too much", "interrupted · queued · " },
        { "exit", "yes_no scale", ["> 1/2…", "away", "< no", "> 2/2…"], "yes_no=no", "interrupted · queued · survey_alert" },
        { "exit", "scale yes_no", ["> 1/2…", "away", "< 3", "> 2/2…", "< yes", Thanks], "scale=3; yes_no=yes", "completed · wrap_up · " },

        // An entry survey waits while the two of them talk.
        { "entry", "scale yes_no", ["> 1/2…", "< my mom is shouting at me again", "< 2", "> 2/2…", "< no", Thanks], "scale=2; yes_no=no", "completed · active · survey_alert" },
        { "entry", "yes_no scale", ["> 1/2…", "r: Are you hurt?", "> Are you hurt?", "< yes", "r: I am here.", "> I am here.", "< 3"], "", "paused · active · " },
        { "entry", "yes_no scale", ["> 1/2…", "r: Are you hurt?", "> Are you hurt?", "< no", "send", "> 1/2 Do you feel safe?…", "< yes", "> 2/2…", "< 5", Thanks],
            "yes_no=yes; scale=5", "completed · active · " },
        { "entry", "scale", ["> 1/1…", "r: One moment.", "> One moment."], "", "paused · active · " },
        { "entry", "scale", ["> 1/1…", "r: One moment.", "> One moment.", "send", "> 1/1…", "< 4", Thanks], "scale=4", "completed · active · " },
        { "entry", "scale", ["> 1/1…", "wrap up"], "", "interrupted · wrap_up · " },
        { "exit", "scale", ["> 1/1…", "close"], "", "interrupted · closed · " },
    };

    [Theory]
    [MemberData(nameof(Dialogues))]
    public async Task A_dialogue_goes_as_written(string survey, string questions, string[] script, string answers, string expected)
    {
        var (type, spanish) = (survey.Split(' ')[0], survey.EndsWith(" es", StringComparison.Ordinal));
        var bench = await SurveyBench.CreateAsync(api, null, null, affiliate => SurveyBench
            .Survey(affiliate, type, [.. questions.Split(' ').Select(kind => SurveyBench.Question(kind.TrimEnd('*'), kind.EndsWith('*'), spanish))])
            .With("language", spanish ? "es" : "en"));
        await bench.InActiveAsync();
        if (type == "exit")
        {
            await bench.WrapUpAsync();
        }

        await (await bench.SendAsync(type)).ReadAsync(200);
        foreach (var line in script)
        {
            await PlayAsync(bench, type, line);
        }

        await bench.NothingMoreAsync();
        var (state, shown) = (await bench.StateAsync(), (await bench.ShownAsync())[0]);
        Assert.Equal(answers, await bench.AnswersAsync());
        Assert.Equal(expected, $"{shown.GetProperty("status").GetString()} · {state.GetProperty("state").GetString()} · {await bench.ToldAsync()}");
        await AssertToldOutsideAsync(bench, shown.GetProperty("status").GetString()!, type);
    }

    private static async Task PlayAsync(SurveyBench bench, string type, string line)
    {
        switch (line.Split(' ', 2))
        {
            case ["<", var text]:
                await bench.TextAsync(text);
                break;
            case [">", var text]:
                var heard = await bench.NextAsync();
                Assert.StartsWith(text.TrimEnd('…'), heard, StringComparison.Ordinal);
                Assert.True(text.EndsWith('…') || text == heard, heard);
                break;
            case ["r:", var text]:
                await bench.SayAsync(text);
                break;
            case ["away"]:
                await bench.BeAsync("away");
                break;
            case ["send"]:
                await (await bench.SendAsync(type)).ReadAsync(200);
                break;
            case ["wrap", _]:
                await bench.WrapUpAsync();
                break;
            default:
                await (await bench.Responder.PostAsync($"/api/conversations/{bench.Conversation}/close")).ReadAsync(200);
                break;
        }
    }

    // One event for a survey that ended by itself, and in it no answer.
    private static async Task AssertToldOutsideAsync(SurveyBench bench, string status, string type)
    {
        var events = await bench.AskAsync<string[]>(
            "select coalesce(array_agg(data::text), '{}') from outbox where subject = $1 and type = 'conversation.survey.completed'", bench.Conversation);
        var running = await bench.AskAsync<long>(
            "select count(*) from due_jobs where kind = 'survey' and subject_id = $1", bench.Conversation);

        Assert.Equal(status == "paused" ? 1 : 0, running);
        if (status is "completed" or "stopped")
        {
            var told = System.Text.Json.JsonDocument.Parse(Assert.Single(events)).RootElement;
            Assert.Equal((status, type), (told.GetProperty("outcome").GetString(), told.GetProperty("type").GetString()));
            Assert.Equal(
                ["answered", "conversationId", "outcome", "programId", "responseId", "skipped", "surveyId", "type"],
                told.EnumerateObject().Select(member => member.Name).Order());
        }

        var closed = await bench.AskAsync<long>(
            "select count(*) from outbox where subject = $1 and type = 'conversation.closed' and data ->> 'surveyCompleted' = 'true'", bench.Conversation);
        Assert.Equal(0, closed);
    }
}
