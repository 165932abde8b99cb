using Chat.Domain.Surveys;

namespace Chat.Domain.Tests.Surveys;

/// <summary>What people text, and what it is to a question. In the tables "skip", "stop", "?" and "talk" stand in angle brackets.</summary>
public sealed class AnswerReaderTests
{
    private static readonly SurveyQuestion Scale = A.Question(QuestionKind.Scale);
    private static readonly SurveyQuestion Ten = A.Question(QuestionKind.Scale, "0", "10");
    private static readonly SurveyQuestion YesNo = A.Question(QuestionKind.YesNo);
    private static readonly SurveyQuestion Text = A.Question(QuestionKind.Text);
    private static readonly SurveyQuestion Choice = A.Question(QuestionKind.Choice, "Being listened to", "Practical advice", "Not much", "Otra cosa");

    [Theory]
    [InlineData("3", "3")]
    [InlineData(" 3 ", "3")]
    [InlineData("3.", "3")]
    [InlineData("3!!", "3")]
    [InlineData("#3", "3")]
    [InlineData("(3)", "3")]
    [InlineData("3️⃣", "3")]
    [InlineData("３", "3")]
    [InlineData("٣", "3")]
    [InlineData("three", "3")]
    [InlineData("Three!", "3")]
    [InlineData("THREE", "3")]
    [InlineData("tres", "3")]
    [InlineData("Cinco", "5")]
    [InlineData("un cuatro", "4")]
    [InlineData("a four", "4")]
    [InlineData("5/5", "5")]
    [InlineData("4 / 5", "4")]
    [InlineData("4 out of 5", "4")]
    [InlineData("four out of five", "4")]
    [InlineData("4 de 5", "4")]
    [InlineData("definitely 3!", "3")]
    [InlineData("I'd say a 2", "2")]
    [InlineData("probably like a 4 lol", "4")]
    [InlineData("this one is a 4", "4")]
    [InlineData("creo que un 2", "2")]
    [InlineData("yo diría que 5", "5")]
    [InlineData("3 3", "3")]
    [InlineData("3 (three)", "3")]
    [InlineData("2 please", "2")]
    [InlineData("uno", "1")]
    [InlineData("one", "1")]
    [InlineData("5 ⭐⭐⭐⭐⭐", "5")]
    [InlineData("6", "<?>")]
    [InlineData("0", "<?>")]
    [InlineData("10", "<?>")]
    [InlineData("-2", "<?>")]
    [InlineData("2.5", "<?>")]
    [InlineData("3,5", "<?>")]
    [InlineData("3 or 4", "<?>")]
    [InlineData("3-4", "<?>")]
    [InlineData("3/10", "<?>")]
    [InlineData("not 3", "<?>")]
    [InlineData("no one", "<?>")]
    [InlineData("thank you 4", "4")]
    [InlineData("2 much", "<?>")]
    [InlineData("me 2", "<?>")]
    [InlineData("thanks you 2", "<?>")]
    [InlineData("los dos", "<?>")]
    [InlineData("banana", "<?>")]
    [InlineData("idk", "<?>")]
    [InlineData("???", "<?>")]
    [InlineData("😭", "<?>")]
    [InlineData("99999999999999999999", "<?>")]
    [InlineData("", "<talk>")]
    [InlineData("I took 3 pills", "<talk>")]
    [InlineData("i have 5 minutes left", "<talk>")]
    [InlineData("my mom hit me 2 times today", "<talk>")]
    [InlineData("no puedo más con 3 hijos", "<talk>")]
    [InlineData("help", "<talk>")]
    [InlineData("AYUDA!!", "<talk>")]
    [InlineData("call 911", "<talk>")]
    public void To_a_scale_from_1_to_5(string text, string expected) => Assert.Equal(expected, Read(Scale, text));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("zero", "0")]
    [InlineData("cero", "0")]
    [InlineData("10", "10")]
    [InlineData("diez", "10")]
    [InlineData("7/10", "7")]
    [InlineData("10/10!!", "10")]
    [InlineData("siete de diez", "7")]
    [InlineData("11", "<?>")]
    public void To_a_scale_from_0_to_10(string text, string expected) => Assert.Equal(expected, Read(Ten, text));

    [Theory]
    [InlineData("yes", "yes")]
    [InlineData("Yes!", "yes")]
    [InlineData("YESSS", "yes")]
    [InlineData("y", "yes")]
    [InlineData("yeah", "yes")]
    [InlineData("yeahhh i think so", "yes")]
    [InlineData("yup", "yes")]
    [InlineData("sure", "yes")]
    [InlineData("of course", "yes")]
    [InlineData("I do", "yes")]
    [InlineData("yes please", "yes")]
    [InlineData("uh huh", "yes")]
    [InlineData("yes very much thank you", "yes")]
    [InlineData("sí mucho", "yes")]
    [InlineData("👍", "yes")]
    [InlineData("👍🏽", "yes")]
    [InlineData("si", "yes")]
    [InlineData("Sí", "yes")]
    [InlineData("siii", "yes")]
    [InlineData("si gracias", "yes")]
    [InlineData("claro", "yes")]
    [InlineData("¡Claro que sí!", "yes")]
    [InlineData("por supuesto", "yes")]
    [InlineData("no", "no")]
    [InlineData("Nope", "no")]
    [InlineData("nah", "no")]
    [InlineData("noooo", "no")]
    [InlineData("not really", "no")]
    [InlineData("definitely not", "no")]
    [InlineData("I don't", "no")]
    [InlineData("no it was not", "no")]
    [InlineData("no thanks", "no")]
    [InlineData("👎", "no")]
    [InlineData("claro que no", "no")]
    [InlineData("para nada", "no")]
    [InlineData("todavía no", "no")]
    [InlineData("no gracias", "no")]
    [InlineData("yes and no", "<?>")]
    [InlineData("maybe", "<?>")]
    [InlineData("not sure", "<?>")]
    [InlineData("no sé", "<?>")]
    [InlineData("yes but I want to die", "<talk>")]
    [InlineData("no I can't do this anymore", "<talk>")]
    [InlineData("sí pero tengo miedo de él", "<talk>")]
    public void To_yes_or_no(string text, string expected) => Assert.Equal(expected, Read(YesNo, text));

    [Theory]
    [InlineData("1", "Being listened to")]
    [InlineData("2)", "Practical advice")]
    [InlineData("two", "Practical advice")]
    [InlineData("dos", "Practical advice")]
    [InlineData("option 3", "Not much")]
    [InlineData("b", "Practical advice")]
    [InlineData("B.", "Practical advice")]
    [InlineData("la d", "Otra cosa")]
    [InlineData("option a", "Being listened to")]
    [InlineData("being listened to", "Being listened to")]
    [InlineData("Being LISTENED to!", "Being listened to")]
    [InlineData("practical", "Practical advice")]
    [InlineData("prac", "Practical advice")]
    [InlineData("the practical advice", "Practical advice")]
    [InlineData("otra", "Otra cosa")]
    [InlineData("5", "<?>")]
    [InlineData("0", "<?>")]
    [InlineData("1 and 2", "<?>")]
    [InlineData("z", "<?>")]
    [InlineData("pr", "<?>")]
    [InlineData("nobody listens to me at home", "<talk>")]
    public void To_a_choice(string text, string expected) => Assert.Equal(expected, Read(Choice, text));

    [Theory]
    [InlineData("It helped", "It helped")]
    [InlineData("no", "no")]
    [InlineData("3", "3")]
    [InlineData("  I still feel\nalone  ", "I still feel\nalone")]
    [InlineData("❤️", "❤️")]
    [InlineData("I want it to stop", "I want it to stop")]
    [InlineData("", "<talk>")]
    public void To_an_open_question(string text, string expected) => Assert.Equal(expected, Read(Text, text));

    [Theory]
    [InlineData("skip", "<skip>")]
    [InlineData("SKIP!", "<skip>")]
    [InlineData("skip please", "<skip>")]
    [InlineData("Saltar", "<skip>")]
    [InlineData("paso", "<skip>")]
    [InlineData("prefiero no decir", "<skip>")]
    [InlineData("I'd rather not say", "<skip>")]
    [InlineData("stop survey", "<stop>")]
    [InlineData("STOP SURVEY", "<stop>")]
    [InlineData("no more questions", "<stop>")]
    [InlineData("Basta", "<stop>")]
    [InlineData("¡ya basta!", "<stop>")]
    [InlineData("no quiero", "<stop>")]
    [InlineData("No quiero más preguntas", "<stop>")]
    [InlineData("STOP", "<stop>")]
    [InlineData("end", "<stop>")]
    [InlineData("unsubscribe", "<stop>")]
    public void To_every_question(string text, string expected) =>
        Assert.All([Scale, Ten, YesNo, Choice, Text], question => Assert.Equal(expected, Read(question, text)));

    [Fact]
    public void An_option_of_yes_or_no_is_understood_in_every_way_of_saying_it()
    {
        var question = A.Question(QuestionKind.Choice, "Yes", "No", "Not yet");

        Assert.Equal("Yes", Read(question, "yeah"));
        Assert.Equal("No", Read(question, "no"));
        Assert.Equal("Not yet", Read(question, "not yet"));
    }

    private static string Read(SurveyQuestion question, string text) => AnswerReader.Read(question, text) switch
    {
        AnswerReading.Answer(var value) => value,
        AnswerReading.Skip => "<skip>",
        AnswerReading.Stop => "<stop>",
        AnswerReading.Nonsense => "<?>",
        _ => "<talk>",
    };
}
