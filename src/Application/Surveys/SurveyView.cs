namespace Chat.Application.Surveys;

/// <summary>A survey as the API shows it.</summary>
/// <param name="ExpiresAfterMinutes">How long a question waits for its answer.</param>
/// <param name="WordingVersion">The version in which the questions last changed; results are counted for each wording.</param>
public sealed record SurveyView(
    Guid Id, Guid AffiliateId, Guid ProgramId, string Type, string Title, string Language, IReadOnlyList<SurveyQuestionView> Questions, int ExpiresAfterMinutes,
    string Status, long WordingVersion, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Options">What can be chosen; the lowest and the highest number of a scale; empty for the other kinds.</param>
/// <param name="Preview">The question as it is sent by text.</param>
public sealed record SurveyQuestionView(
    string Id, string Text, string Kind, IReadOnlyList<string> Options, bool Required, IReadOnlyList<string> AlertOn, string Preview);
