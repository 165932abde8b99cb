using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Surveys;

/// <summary>What texters answered: how many, what, and how that changes from day to day.</summary>
/// <param name="From">The first day, in the affiliate's time zone; absent: 30 days before the last.</param>
/// <param name="To">The last day; absent: today.</param>
[Requires(Permission.Supervise)]
public sealed record GetSurveyResults(DateOnly? From, DateOnly? To, Guid? ProgramId) : IQuery<SurveyResults>
{
    /// <summary>How many responses are opened and counted at once, the newest.</summary>
    public const int MostCounted = 10_000;
}

internal sealed class GetSurveyResultsValidator : AbstractValidator<GetSurveyResults>
{
    private const int MostDays = 366;

    public GetSurveyResultsValidator() =>
        RuleFor(query => query.To)
            .Must((query, to) => query.From is not { } from || to is not { } last || (last >= from && last.DayNumber - from.DayNumber < MostDays))
            .WithMessage("The last day is not before the first, and within a year of it.");
}

/// <param name="Truncated">There were more responses than are counted at once: these are the newest.</param>
/// <param name="Surveys">One for each survey and wording that texters were asked.</param>
public sealed record SurveyResults(DateOnly From, DateOnly To, string TimeZone, bool Truncated, IReadOnlyList<SurveyResult> Surveys);

/// <param name="CompletionRate">Completed ones of those that have ended, from 0 to 1; null while none has.</param>
/// <param name="Unreadable">Answers that could not be opened, and are not counted.</param>
public sealed record SurveyResult(
    Guid SurveyId, long WordingVersion, Guid ProgramId, string Type, string Title, int Started, int Running, int Completed, int Stopped, int Expired,
    int Interrupted, double? CompletionRate, int Unreadable, IReadOnlyList<SurveyDay> Days, IReadOnlyList<QuestionResult> Questions);

public sealed record SurveyDay(DateOnly Date, int Started, int Completed);

/// <param name="Mean">Of a scale; null where nobody answered, and for the other kinds.</param>
/// <param name="Counts">For each option, number or yes and no; empty for texters' own words, which are not listed.</param>
public sealed record QuestionResult(
    string Id, string Text, string Kind, int Answered, int Skipped, double? Mean, IReadOnlyList<AnswerCount> Counts, IReadOnlyList<QuestionDay> Days);

public sealed record AnswerCount(string Value, int Count);

public sealed record QuestionDay(DateOnly Date, int Answered, double? Mean, IReadOnlyList<AnswerCount> Counts);
