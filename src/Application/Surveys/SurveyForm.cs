using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Messages;
using Chat.Domain.Surveys;
using FluentValidation;

namespace Chat.Application.Surveys;

/// <summary>What an admin fills in for a survey.</summary>
public interface ISurveyForm
{
    Guid ProgramId { get; }

    string Type { get; }

    string Title { get; }

    string? Language { get; }

    IReadOnlyList<SurveyQuestionForm> Questions { get; }

    int? ExpiresAfterMinutes { get; }

    string? Status { get; }
}

public sealed record SurveyQuestionForm(
    string? Id, string? Text, string? Kind, IReadOnlyList<string>? Options, bool? Required, IReadOnlyList<string>? AlertOn);

internal static partial class SurveyForm
{
    private const int LongestQuestion = 1000;
    private const int LongestOption = 200;
    private const int MostOptions = 20;
    private const int LongestWait = 7 * 24 * 60;

    public static void MustDescribeASurvey<T>(this AbstractValidator<T> validator)
        where T : ISurveyForm
    {
        validator.RuleFor(form => form.ProgramId).NotEmpty();
        validator.RuleFor(form => form.Type).NotEmpty().MustBeOneOf(Wire.All<SurveyType>());
        validator.RuleFor(form => form.Title).MustBeAName();
        validator.RuleFor(form => form.Language).MustBeOneOf(Wire.All<SurveyLanguage>());
        validator.RuleFor(form => form.ExpiresAfterMinutes).InclusiveBetween(1, LongestWait);
        validator.RuleFor(form => form.Status).MustBeOneOf(Wire.All<Status>());
        validator.RuleFor(form => form.Questions).Custom((questions, context) =>
        {
            foreach (var (member, message) in Faults(questions ?? []))
            {
                context.AddFailure(member, message);
            }
        });
    }

    /// <summary>The questions of a form that is well formed. Those without an id of their own are given one.</summary>
    public static IReadOnlyList<SurveyQuestion> Read(IReadOnlyList<SurveyQuestionForm> questions)
    {
        var taken = questions.Select(question => question.Id.Trimmed()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. questions.Select((question, index) => Read(question, question.Id.Trimmed() ?? NewId(taken, index)))];
    }

    private static SurveyQuestion Read(SurveyQuestionForm question, string id) => new(
        id, question.Text!.Trim(), Wire.Value<QuestionKind>(question.Kind!), Lines(question.Options), question.Required ?? false, Lines(question.AlertOn));

    private static string NewId(HashSet<string> taken, int index)
    {
        var number = index + 1;
        while (!taken.Add(string.Create(CultureInfo.InvariantCulture, $"q{number}")))
        {
            number++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"q{number}");
    }

    private static IEnumerable<(string Member, string Message)> Faults(IReadOnlyList<SurveyQuestionForm> questions)
    {
        if (questions.Count is < 1 or > Survey.MostQuestions)
        {
            yield return ("questions", $"1 to {Survey.MostQuestions} questions.");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (question, index) in questions.Take(Survey.MostQuestions).Select((question, index) => (question, index)))
        {
            foreach (var (member, message) in Faults(question, ids))
            {
                yield return ($"questions[{index}].{member}", message);
            }
        }
    }

    private static IEnumerable<(string Member, string Message)> Faults(SurveyQuestionForm question, HashSet<string> ids)
    {
        if (question.Id.Trimmed() is { } id && (!QuestionId().IsMatch(id) || !ids.Add(id)))
        {
            yield return ("id", "A name of 1 to 40 letters, digits, - and _, each once in a survey.");
        }

        if (!Wire.TryValue<QuestionKind>(question.Kind, out var kind))
        {
            yield return ("kind", $"One of {string.Join(", ", Wire.All<QuestionKind>())}.");
            yield break;
        }

        var faults = 0;
        foreach (var fault in OptionFaults(kind, Lines(question.Options)))
        {
            faults++;
            yield return ("options", fault);
        }

        if (question.Text is not { Length: <= LongestQuestion } text || !MessageText.IsSaid(text))
        {
            yield return ("text", $"A text of 1 to {LongestQuestion} characters.");
        }
        else if (faults == 0)
        {
            var read = Read(question, "");
            if (SurveyPhrases.In(SurveyLanguage.Es).Ask(read, Survey.MostQuestions, Survey.MostQuestions).Length > LongestQuestion + SurveyPhrases.LongestAround)
            {
                yield return ("options", "Question and options together are too long for a text.");
            }
            else if (!read.AlertOn.All(answer => CanBe(read, answer)))
            {
                yield return ("alertOn", kind == QuestionKind.Text ? "The texter's own words cannot be foreseen." : "Answers that the question can have.");
            }
        }
    }

    private static IEnumerable<string> OptionFaults(QuestionKind kind, string[] options)
    {
        switch (kind)
        {
            case QuestionKind.Scale when options.Length > 0 && !IsScale(options):
                yield return $"The lowest and the highest number, from 0 to {SurveyQuestion.HighestOnScale}, such as [\"1\", \"5\"].";
                break;
            case QuestionKind.Choice when options.Length is < 2 or > MostOptions:
                yield return $"2 to {MostOptions} options to choose from.";
                break;
            case QuestionKind.Choice when options.Any(option => option.Length > LongestOption || !MessageText.IsSaid(option) || option.Any(char.IsControl)):
                yield return $"Each a line of 1 to {LongestOption} characters.";
                break;
            case QuestionKind.Choice when options.Distinct(StringComparer.OrdinalIgnoreCase).Count() < options.Length:
                yield return "One stands there twice.";
                break;
            case QuestionKind.Choice when options.Any(AnswerReader.IsTaken):
                yield return "One of them skips a question, ends a survey or stops messages when it is texted: call it something else.";
                break;
            case QuestionKind.Text or QuestionKind.YesNo when options.Length > 0:
                yield return "Only a choice and a scale have options.";
                break;
            default:
                break;
        }
    }

    private static bool IsScale(string[] options) =>
        options.Length == 2 && Bound(options[0]) is { } lowest && Bound(options[1]) is { } highest && lowest < highest;

    private static int? Bound(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= SurveyQuestion.HighestOnScale ? number : null;

    private static bool CanBe(SurveyQuestion question, string answer) => question.Kind switch
    {
        QuestionKind.Scale => Bound(answer) is { } number && number >= question.Bounds().Lowest && number <= question.Bounds().Highest,
        QuestionKind.Choice => question.Options.Contains(answer, StringComparer.OrdinalIgnoreCase),
        QuestionKind.YesNo => answer is "yes" or "no",
        _ => false,
    };

    private static string[] Lines(IReadOnlyList<string>? lines) => [.. (lines ?? []).Select(line => line?.Trim() ?? "")];

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,40}\z")]
    private static partial Regex QuestionId();
}
