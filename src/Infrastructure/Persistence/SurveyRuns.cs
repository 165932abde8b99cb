using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using Chat.Infrastructure.Keys;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Persistence;

internal sealed class SurveyRuns(DbSession db, Keyring keyring, ILogger<SurveyRuns> logger) : ISurveyRuns
{
    public static Place PlaceOf(Guid affiliate, Guid answer) => new(affiliate, "survey_answers", "answer", answer);

    public Task AddAsync(SurveyRun run, ProgramId program, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into survey_responses (
                id, conversation_id, program_id, survey_id, wording_version, type, position, asked_again, paused, asked_sequence, seen_sequence,
                answered, skipped, started_at)
            values (
                @Id, @ConversationId, @program, @SurveyId, @WordingVersion, @Type, @Position, @AskedAgain, @Paused, @AskedSequence, @SeenSequence,
                @Answered, @Skipped, @StartedAt)
            """;

        return db.ExecuteAsync(
            sql,
            new
            {
                run.Id, run.ConversationId, program, run.SurveyId, run.WordingVersion, run.Type, run.Position, run.AskedAgain, run.Paused, run.AskedSequence,
                run.SeenSequence, run.Answered, run.Skipped, run.StartedAt,
            },
            cancellationToken);
    }

    public async Task<SurveyRun?> FindRunningAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        const string sql = """
            select r.id, r.survey_id, r.wording_version, r.type, w.language, w.questions::text as questions, s.expires_after_minutes, r.position, r.asked_again,
                   r.paused, r.asked_sequence, r.seen_sequence, r.answered, r.skipped, r.started_at
            from survey_responses r
            join survey_wordings w on w.affiliate_id = r.affiliate_id and w.survey_id = r.survey_id and w.version = r.wording_version
            join surveys s on s.affiliate_id = r.affiliate_id and s.id = r.survey_id
            where r.conversation_id = @conversation and r.outcome is null
            """;

        return (await db.FindAsync<Row>(sql, new { conversation }, cancellationToken))?.Restore(conversation);
    }

    public async Task SaveAsync(SurveyRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            update survey_responses
            set position = @Position, asked_again = @AskedAgain, paused = @Paused, asked_sequence = @AskedSequence, seen_sequence = @SeenSequence,
                answered = @Answered, skipped = @Skipped, outcome = @Outcome, ended_at = @EndedAt
            where id = @Id
            """;
        const string answer = """
            insert into survey_answers (response_id, question_id, id, answer, answered_at)
            values (@Run, @QuestionId, @id, @Answer, @now)
            """;

        await db.ExecuteAsync(
            sql,
            new
            {
                run.Id, run.Position, run.AskedAgain, run.Paused, run.AskedSequence, run.SeenSequence, run.Answered, run.Skipped, run.Outcome, run.EndedAt,
            },
            cancellationToken);
        foreach (var given in run.Given)
        {
            var id = Guid.CreateVersion7(now);
            var key = await keyring.DataKeyAsync(db.Affiliate.Value, run.ConversationId.Value, cancellationToken);
            var sealedAnswer = given.Value is null ? null : Envelope.Seal(key, PlaceOf(db.Affiliate.Value, id), given.Value);
            await db.ExecuteAsync(answer, new { Run = run.Id, given.QuestionId, id, Answer = sealedAnswer, now }, cancellationToken);
        }
    }

    public async Task<SurveyNews> ListenAsync(ConversationId conversation, long after, CancellationToken cancellationToken)
    {
        const string sql = """
            select sequence, id, content
            from messages
            where conversation_id = @conversation and sequence > @after and direction = 'inbound'
            order by sequence
            """;
        const string responded = """
            select sequence
            from messages
            where conversation_id = @conversation and direction = 'outbound'
            order by sequence desc
            limit 1
            """;

        var key = (await keyring.DataKeysAsync(db.Affiliate.Value, [conversation.Value], cancellationToken)).GetValueOrDefault(conversation.Value);
        var messages = await db.ListAsync<MessageRow>(sql, new { conversation, after }, cancellationToken);
        return new SurveyNews(
            [.. messages.Select(message => new SurveyMessage(message.Sequence, Open(key, message)))],
            await db.FindAsync<long?>(responded, new { conversation }, cancellationToken));
    }

    // What cannot be read is no answer, and goes to a person like everything that is none.
    private string Open(SealingKey? key, MessageRow message) =>
        logger.OpenOrNull(key, new(db.Affiliate.Value, "messages", "content", message.Id), message.Content) ?? "";

    private sealed record MessageRow(long Sequence, Guid Id, byte[] Content);

    private sealed record Row(
        SurveyResponseId Id, SurveyId SurveyId, long WordingVersion, SurveyType Type, SurveyLanguage Language, string Questions, int? ExpiresAfterMinutes,
        int Position, bool AskedAgain, bool Paused, long? AskedSequence, long SeenSequence, int Answered, int Skipped, DateTimeOffset StartedAt)
    {
        public SurveyRun Restore(ConversationId conversation) => new(
            Id, conversation, SurveyId, WordingVersion, Type, Language, SurveyQuestions.Read(Questions), Survey.PatienceOf(Type, ExpiresAfterMinutes), Position,
            AskedAgain, Paused, AskedSequence, SeenSequence, Answered, Skipped, StartedAt, null, null);
    }
}
