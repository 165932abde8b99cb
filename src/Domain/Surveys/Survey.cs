using System.Globalization;
using Chat.Domain.Common;

namespace Chat.Domain.Surveys;

public enum SurveyType
{
    /// <summary>While the conversation is under way, mostly at its beginning.</summary>
    Entry,

    /// <summary>After the goodbye.</summary>
    Exit,
}

public enum QuestionKind
{
    /// <summary>A whole number between two bounds.</summary>
    Scale,
    Choice,

    /// <summary>The texter's own words.</summary>
    Text,
    YesNo,
}

/// <summary>The language of what the platform itself says around the questions. Answers are understood in every one of them.</summary>
public enum SurveyLanguage
{
    En,
    Es,
}

/// <param name="Id">Its name within the survey.</param>
/// <param name="Options">What can be chosen; the lowest and the highest number of a scale; empty for the other kinds.</param>
/// <param name="Required">The texter is asked once more before the question is left out.</param>
/// <param name="AlertOn">The answers of which the responder and the supervisors are told at once.</param>
public sealed record SurveyQuestion(
    string Id, string Text, QuestionKind Kind, IReadOnlyList<string> Options, bool Required, IReadOnlyList<string> AlertOn)
{
    public const int HighestOnScale = 100;

    private static readonly (int, int) UsualScale = (1, 5);

    /// <summary>The bounds of a scale.</summary>
    public (int Lowest, int Highest) Bounds() => Options.Count == 2
        ? (int.Parse(Options[0], CultureInfo.InvariantCulture), int.Parse(Options[1], CultureInfo.InvariantCulture))
        : UsualScale;

    public bool Alerts(string? answer) => answer is not null && AlertOn.Contains(answer, StringComparer.OrdinalIgnoreCase);

    public bool IsSameAs(SurveyQuestion other) =>
        this with { Options = [], AlertOn = [] } == other with { Options = [], AlertOn = [] }
        && Options.SequenceEqual(other.Options) && AlertOn.SequenceEqual(other.AlertOn);
}

/// <summary>What texters of a program are asked, one question at a time.</summary>
public sealed class Survey(
    SurveyId id, ProgramId programId, SurveyType type, string title, SurveyLanguage language, IReadOnlyList<SurveyQuestion> questions, int? expiresAfterMinutes,
    Status status, long wordingVersion, long version, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    : Aggregate
{
    public const int MostQuestions = 30;

    public SurveyId Id { get; } = id;

    public override Guid Key => Id.Value;

    public ProgramId ProgramId { get; private set; } = programId;

    public SurveyType Type { get; private set; } = type;

    public string Title { get; private set; } = title;

    public SurveyLanguage Language { get; private set; } = language;

    public IReadOnlyList<SurveyQuestion> Questions { get; private set; } = questions;

    /// <summary>How long a question waits for its answer; null is what is usual for the type.</summary>
    public int? ExpiresAfterMinutes { get; private set; } = expiresAfterMinutes;

    public Status Status { get; private set; } = status;

    /// <summary>The version in which the questions last changed: results belong to the wording that was asked.</summary>
    public long WordingVersion { get; private set; } = wordingVersion;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    public TimeSpan Patience => PatienceOf(Type, ExpiresAfterMinutes);

    public static TimeSpan PatienceOf(SurveyType type, int? minutes) => TimeSpan.FromMinutes(minutes ?? (type == SurveyType.Entry ? 20 : 60));

    public void Change(
        ProgramId programId, SurveyType type, string title, SurveyLanguage language, IReadOnlyList<SurveyQuestion> questions, int? expiresAfterMinutes, Status status,
        DateTimeOffset now)
    {
        Version++;
        if (language != Language || questions.Count != Questions.Count || questions.Zip(Questions).Any(pair => !pair.First.IsSameAs(pair.Second)))
        {
            WordingVersion = Version;
        }

        (ProgramId, Type, Title, Language, Questions, ExpiresAfterMinutes, Status, UpdatedAt) =
            (programId, type, title, language, questions, expiresAfterMinutes, status, now);
    }
}
