using Chat.Application.Common;

namespace Chat.Application.Surveys;

/// <summary>What a texter was asked in a conversation, how far they have come, and what they answered.</summary>
[Requires(Permission.ReadConversations)]
public sealed record ListConversationSurveys(Guid ConversationId) : IQuery<ConversationSurveys>, IReadsConversation;

/// <param name="Items">The newest first.</param>
/// <param name="InUse">What the conversation's program asks: at most one survey of each type. Without one there is nothing to send.</param>
public sealed record ConversationSurveys(IReadOnlyList<SurveyResponseView> Items, IReadOnlyList<SurveyInUseView> InUse);

/// <param name="Type">entry or exit.</param>
/// <param name="Questions">How many.</param>
public sealed record SurveyInUseView(Guid SurveyId, string Type, string Title, int Questions);

/// <param name="Status">running, paused (the texter and the responder talk in between), completed, stopped, expired or interrupted.</param>
/// <param name="Position">How many questions are done with.</param>
public sealed record SurveyResponseView(
    Guid ResponseId, Guid SurveyId, long WordingVersion, string Type, string Title, string Status, int Position, int Total, int Answered, int Skipped,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<SurveyAnswerView> Questions);

/// <param name="Status">answered, skipped, asked (it waits for its answer) or open (not asked).</param>
/// <param name="Answer">The number, the option, yes or no, or the texter's words.</param>
/// <param name="Unreadable">The stored answer could not be opened: it was damaged, or its key is gone.</param>
/// <param name="Alerts">It is one of the answers of which staff are told at once.</param>
public sealed record SurveyAnswerView(
    string Id, string Text, string Kind, IReadOnlyList<string> Options, string Status, string? Answer, bool Unreadable, bool Alerts, DateTimeOffset? AnsweredAt);
