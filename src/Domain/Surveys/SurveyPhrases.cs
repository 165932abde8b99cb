using System.Globalization;

namespace Chat.Domain.Surveys;

/// <summary>What the platform itself says in a survey, and how a question looks in a text.</summary>
public sealed record SurveyPhrases(
    string Number, string OneOf, string YesOrNo, string OwnWords, string ThenSkipOrStop, string NotUnderstood, string AskedOnceMore, string Thanks, string Stopped)
{
    /// <summary>The most that these words add to a question.</summary>
    public const int LongestAround = 200;

    private static readonly SurveyPhrases English = new(
        "Reply {0}-{1}", "Reply 1-{0}", "Reply YES or NO", "Reply in your own words", ", SKIP or STOP SURVEY.", "Sorry, I did not understand that.",
        "It would help us to know. SKIP again leaves it out.", "Thank you. That was the last question.", "OK, no more questions. You can write to us at any time.");

    private static readonly SurveyPhrases Spanish = new(
        "Responde {0}-{1}", "Responde 1-{0}", "Responde SI o NO", "Responde con tus palabras", ", SALTAR o BASTA.", "Perdón, no entendí.",
        "Nos ayudaría saberlo. Con SALTAR otra vez la dejamos.", "Gracias. Esa era la última pregunta.", "De acuerdo, no más preguntas. Puedes escribirnos en cualquier momento.");

    public static SurveyPhrases In(SurveyLanguage language) => language == SurveyLanguage.Es ? Spanish : English;

    /// <summary>A question as it is sent: its place among all, its words, what can be chosen, and how to answer, to skip and to stop.</summary>
    public string Ask(SurveyQuestion question, int number, int of)
    {
        var (lowest, highest) = question.Kind == QuestionKind.Scale ? question.Bounds() : default;
        var how = question.Kind switch
        {
            QuestionKind.Scale => string.Format(CultureInfo.InvariantCulture, Number, lowest, highest),
            QuestionKind.Choice => string.Format(CultureInfo.InvariantCulture, OneOf, question.Options.Count),
            QuestionKind.YesNo => YesOrNo,
            _ => OwnWords,
        };
        var choices = question.Kind == QuestionKind.Choice
            ? string.Concat(question.Options.Select((option, index) => string.Create(CultureInfo.InvariantCulture, $"\n{index + 1} {option}"))) + "\n"
            : " ";
        return string.Create(CultureInfo.InvariantCulture, $"{number}/{of} {question.Text}{choices}{how}{ThenSkipOrStop}");
    }
}
