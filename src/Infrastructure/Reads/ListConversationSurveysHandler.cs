using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Surveys;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

internal sealed class ListConversationSurveysHandler(DbSession db, Keyring keyring, ICaller caller, ILogger<ListConversationSurveysHandler> logger)
    : IRequestHandler<ListConversationSurveys, ConversationSurveys>
{
    public async Task<ConversationSurveys> Handle(ListConversationSurveys query, CancellationToken cancellationToken)
    {
        const string sees = $"select exists (select from conversations c where c.id = @ConversationId and {Visibility.Rule})";
        const string sql = """
            select r.id, r.survey_id, r.wording_version, r.type, s.title, r.position, r.asked_sequence is not null as asked,
                   r.paused or r.type = 'entry' and exists (
                       select from messages m
                       where m.conversation_id = r.conversation_id and m.direction = 'outbound' and m.sequence > r.asked_sequence) as paused,
                   r.answered, r.skipped, r.started_at, r.outcome, r.ended_at, w.questions::text as questions
            from survey_responses r
            join survey_wordings w on w.affiliate_id = r.affiliate_id and w.survey_id = r.survey_id and w.version = r.wording_version
            join surveys s on s.affiliate_id = r.affiliate_id and s.id = r.survey_id
            where r.conversation_id = @ConversationId
            order by r.id desc
            limit 50
            """;
        const string inUse = """
            select s.id as survey_id, s.type, s.title, jsonb_array_length(s.questions) as questions
            from surveys s
            join conversations c on c.affiliate_id = s.affiliate_id and c.program_id = s.program_id
            where c.id = @ConversationId and s.status = 'active'
            order by s.type
            """;
        const string answers = "select response_id, question_id, id, answer, answered_at from survey_answers where response_id = any(@Responses)";

        if (!await db.FindAsync<bool>(sees, new { query.ConversationId, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken))
        {
            throw new NotFoundException("The conversation");
        }

        var rows = await db.ListAsync<Row>(sql, new { query.ConversationId }, cancellationToken);
        var given = (await db.ListAsync<Given>(answers, new { Responses = rows.Select(row => row.Id).ToArray() }, cancellationToken))
            .ToLookup(answer => answer.ResponseId);
        var key = (await keyring.DataKeysAsync(db.Affiliate.Value, [query.ConversationId], cancellationToken)).GetValueOrDefault(query.ConversationId);
        return new ConversationSurveys(
            [.. rows.Select(row => Show(row, given[row.Id].ToDictionary(answer => answer.QuestionId), key))],
            await db.ListAsync<SurveyInUseView>(inUse, new { query.ConversationId }, cancellationToken));
    }

    private SurveyResponseView Show(Row row, Dictionary<string, Given> given, SealingKey? key)
    {
        var questions = SurveyQuestions.Read(row.Questions);
        return new SurveyResponseView(
            row.Id, row.SurveyId, row.WordingVersion, row.Type, row.Title, row.Outcome ?? (row.Paused ? "paused" : "running"), row.Position, questions.Count,
            row.Answered, row.Skipped, row.StartedAt, row.EndedAt,
            [.. questions.Select((question, index) => Show(
                question, given.GetValueOrDefault(question.Id), key, waits: index == row.Position && row.Asked && row.Outcome is null))]);
    }

    private SurveyAnswerView Show(SurveyQuestion question, Given? given, SealingKey? key, bool waits)
    {
        var answer = given?.Answer is { } stored ? SurveyAnswers.Open(key, db.Affiliate.Value, given.Id, stored, logger) : null;
        var status = given is null ? waits ? "asked" : "open" : given.Answer is null ? "skipped" : "answered";
        return new SurveyAnswerView(
            question.Id, question.Text, question.Kind.Name(), question.Options, status, answer, given?.Answer is not null && answer is null, question.Alerts(answer),
            given?.AnsweredAt);
    }

    private sealed record Row(
        Guid Id, Guid SurveyId, long WordingVersion, string Type, string Title, int Position, bool Asked, bool Paused, int Answered, int Skipped,
        DateTimeOffset StartedAt, string? Outcome, DateTimeOffset? EndedAt, string Questions);

    private sealed record Given(Guid ResponseId, string QuestionId, Guid Id, byte[]? Answer, DateTimeOffset AnsweredAt);
}

/// <summary>Answers, sealed under their conversation's key.</summary>
internal static class SurveyAnswers
{
    /// <summary>Null where it cannot be opened: one damaged answer must not hide the others.</summary>
    public static string? Open(SealingKey? key, Guid affiliate, Guid id, byte[] answer, ILogger logger) =>
        logger.OpenOrNull(key, SurveyRuns.PlaceOf(affiliate, id), answer);
}
