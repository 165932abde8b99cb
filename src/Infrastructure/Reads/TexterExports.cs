using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Retention;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

internal sealed class TexterExports(DbSession db, Keyring keyring, ILogger<TexterExports> logger) : IExports, IRequestHandler<ExportConversation, ConversationExport?>,
        IRequestHandler<ExportTexter, TexterExport?>
{
    public async Task<TexterExport> TexterAsync(TexterId texter, CancellationToken cancellationToken)
    {
        const string sql = """
            select t.name, t.plan, t.time_zone, t.created_at, exists (select from stopped_texters s where s.texter_id = t.id) as has_stopped_messages
            from texters t
            where t.id = @texter
            """;
        const string addresses = "select id, kind, address, created_at from texter_addresses where texter_id = @texter order by created_at, id";
        const string notes = "select id, content, created_at from texter_notes where texter_id = @texter order by id";
        const string blocks = "select id, reason, until, asked_at, approved_at, ended_at from texter_blocks where texter_id = @texter order by id";
        const string conversations = "select id from conversations where texter_id = @texter order by id";

        var row = await db.FindAsync<TexterRow>(sql, new { texter }, cancellationToken) ?? throw new NotFoundException("The texter");
        var key = await KeyAsync(texter.Value, cancellationToken);
        db.Touch(texter.Value);
        return new TexterExport(
            texter.Value, Open("texters", "name", texter.Value, row.Name), row.CreatedAt, row.TimeZone,
            [
                .. (await db.ListAsync<AddressRow>(addresses, new { texter }, cancellationToken)).Select(one => new ExportedAddress(
                    one.Kind, Open("texter_addresses", "address", one.Id, one.Address), one.CreatedAt)),
            ],
            Open("texters", "plan", texter.Value, row.Plan),
            [
                .. (await db.ListAsync<NoteRow>(notes, new { texter }, cancellationToken)).Select(note => new ExportedNote(
                    note.CreatedAt, Open("texter_notes", "content", note.Id, note.Content))),
            ],
            [
                .. (await db.ListAsync<BlockRow>(blocks, new { texter }, cancellationToken)).Select(block => new ExportedBlock(
                    block.AskedAt, block.ApprovedAt, block.Until, block.EndedAt, Open("texter_blocks", "reason", block.Id, block.Reason))),
            ],
            row.HasStoppedMessages, await db.ListAsync<Guid>(conversations, new { texter }, cancellationToken));

        string? Open(string table, string column, Guid id, byte[]? value) => logger.OpenOrNull(key, new(db.Affiliate.Value, table, column, id), value);
    }

    public Task<IReadOnlyList<Guid>> TextersAsync(CancellationToken cancellationToken) =>
        db.ListAsync<Guid>("select id from texters order by id", new { }, cancellationToken);

    public async Task<TexterExport?> Handle(ExportTexter query, CancellationToken cancellationToken)
    {
        try
        {
            return await TexterAsync(new(query.TexterId), cancellationToken);
        }
        catch (NotFoundException)
        {
            // Purged since the list was made.
            return null;
        }
    }

    public async Task<ConversationExport?> Handle(ExportConversation query, CancellationToken cancellationToken)
    {
        const string sql = """
            select c.id, p.name as program, c.provider, c.state, c.risk_level, c.tags, c.created_at, c.closed_at, c.close_reason, c.close_words
            from conversations c
            join programs p on p.affiliate_id = c.affiliate_id and p.id = c.program_id
            where c.id = @ConversationId and c.texter_id = @TexterId
            """;
        const string messages = "select id, direction, content, created_at from messages where conversation_id = @ConversationId order by sequence";
        const string reports = "select outcome, content, filed_at from reports where conversation_id = @ConversationId";
        const string followUps = "select id, scheduled_for, status, message from follow_ups where conversation_id = @ConversationId order by id";
        const string escalations = """
            select id, kind, urgency, reference_number, opened_at, resolved_at, location, reason, outcome, outcome_note
            from escalations
            where conversation_id = @ConversationId
            order by id
            """;
        const string risks = "select id, at, from_level, to_level, reason from risk_changes where conversation_id = @ConversationId order by id";

        if (await db.FindAsync<ConversationRow>(sql, query, cancellationToken) is not { } row)
        {
            return null;
        }

        var (id, key) = (query.ConversationId, await KeyAsync(query.ConversationId, cancellationToken));
        var report = await db.FindAsync<ReportRow>(reports, new { query.ConversationId }, cancellationToken);
        return new ConversationExport(
            id, row.Program, row.Provider, row.State, row.RiskLevel, row.Tags, row.CreatedAt, row.ClosedAt,
            Open("conversations", "close_words", id, row.CloseWords) ?? row.CloseReason,
            [
                .. (await db.ListAsync<MessageRow>(messages, new { query.ConversationId }, cancellationToken)).Select(message => new ExportedMessage(
                    message.CreatedAt, PartOf(message.Direction), Open("messages", "content", message.Id, message.Content))),
            ],
            await SurveysAsync(id, key, cancellationToken),
            report is null ? null : Show(report, Open("reports", "content", id, report.Content)),
            [
                .. (await db.ListAsync<FollowUpRow>(followUps, new { query.ConversationId }, cancellationToken)).Select(followUp => new ExportedFollowUp(
                    followUp.ScheduledFor, followUp.Status, Open("follow_ups", "message", followUp.Id, followUp.Message))),
            ],
            [
                .. (await db.ListAsync<EscalationRow>(escalations, new { query.ConversationId }, cancellationToken)).Select(escalation => new ExportedEscalation(
                    escalation.Kind, escalation.Urgency, escalation.ReferenceNumber, escalation.OpenedAt, escalation.ResolvedAt,
                    Open("escalations", "location", escalation.Id, escalation.Location), Open("escalations", "reason", escalation.Id, escalation.Reason),
                    Open("escalations", "outcome", escalation.Id, escalation.Outcome), Open("escalations", "outcome_note", escalation.Id, escalation.OutcomeNote))),
            ],
            [
                .. (await db.ListAsync<RiskRow>(risks, new { query.ConversationId }, cancellationToken)).Select(risk => new ExportedRisk(
                    risk.At, risk.FromLevel, risk.ToLevel, logger.OpenOrNull(key, TriageSecrets.ReasonOf(db.Affiliate.Value, risk.Id), risk.Reason))),
            ]);

        string? Open(string table, string column, Guid row, byte[]? value) => logger.OpenOrNull(key, new(db.Affiliate.Value, table, column, row), value);
    }

    private async Task<IReadOnlyList<ExportedSurvey>> SurveysAsync(Guid conversation, SealingKey? key, CancellationToken cancellationToken)
    {
        const string sql = """
            select r.id, s.title, r.type, r.started_at, r.outcome, w.questions::text as questions
            from survey_responses r
            join surveys s on s.affiliate_id = r.affiliate_id and s.id = r.survey_id
            join survey_wordings w on w.affiliate_id = r.affiliate_id and w.survey_id = r.survey_id and w.version = r.wording_version
            where r.conversation_id = @conversation
            order by r.id
            """;
        const string answers = "select response_id, question_id, id, answer from survey_answers where response_id = any(@Responses)";

        var rows = await db.ListAsync<SurveyRow>(sql, new { conversation }, cancellationToken);
        var given = (await db.ListAsync<AnswerRow>(answers, new { Responses = rows.Select(row => row.Id).ToArray() }, cancellationToken))
            .ToLookup(answer => answer.ResponseId);
        return
        [
            .. rows.Select(row => new ExportedSurvey(
                row.Title, row.Type, row.StartedAt, row.Outcome,
                [
                    .. from question in SurveyQuestions.Read(row.Questions)
                       join answer in given[row.Id] on question.Id equals answer.QuestionId
                       select new ExportedAnswer(question.Text, answer.Answer is null ? null : SurveyAnswers.Open(key, db.Affiliate.Value, answer.Id, answer.Answer, logger)),
                ])),
        ];
    }

    private async Task<SealingKey?> KeyAsync(Guid owner, CancellationToken cancellationToken) =>
        (await keyring.DataKeysAsync(db.Affiliate.Value, [owner], cancellationToken)).GetValueOrDefault(owner);

    private static string PartOf(string direction) => direction switch
    {
        "inbound" => "texter",
        "outbound" => "responder",
        "system" => "automatic",
        _ => "staff",
    };

    private static ExportedReport Show(ReportRow report, string? content)
    {
        var written = content is null ? null : JsonSerializer.Deserialize<ReportContent>(content);
        return new ExportedReport(report.FiledAt, written?.Outcome ?? report.Outcome, written?.Note, written?.NextStep, written?.Fields ?? new Dictionary<string, string>());
    }

    private sealed record TexterRow(byte[]? Name, byte[]? Plan, string? TimeZone, DateTimeOffset CreatedAt, bool HasStoppedMessages);

    private sealed record AddressRow(Guid Id, string Kind, byte[] Address, DateTimeOffset CreatedAt);

    private sealed record NoteRow(Guid Id, byte[] Content, DateTimeOffset CreatedAt);

    private sealed record BlockRow(Guid Id, byte[] Reason, DateTimeOffset? Until, DateTimeOffset AskedAt, DateTimeOffset? ApprovedAt, DateTimeOffset? EndedAt);

    private sealed record ConversationRow(
        Guid Id, string Program, string Provider, string State, string RiskLevel, string[] Tags, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt, string? CloseReason,
        byte[]? CloseWords);

    private sealed record MessageRow(Guid Id, string Direction, byte[] Content, DateTimeOffset CreatedAt);

    private sealed record ReportRow(string? Outcome, byte[] Content, DateTimeOffset FiledAt);

    private sealed record ReportContent(string? Outcome, string? Note, string? NextStep, IReadOnlyDictionary<string, string> Fields);

    private sealed record FollowUpRow(Guid Id, DateTimeOffset ScheduledFor, string Status, byte[] Message);

    private sealed record EscalationRow(
        Guid Id, string Kind, string Urgency, string ReferenceNumber, DateTimeOffset OpenedAt, DateTimeOffset? ResolvedAt, byte[]? Location, byte[]? Reason,
        byte[]? Outcome, byte[]? OutcomeNote);

    private sealed record RiskRow(Guid Id, DateTimeOffset At, string FromLevel, string ToLevel, byte[]? Reason);

    private sealed record SurveyRow(Guid Id, string Title, string Type, DateTimeOffset StartedAt, string? Outcome, string Questions);

    private sealed record AnswerRow(Guid ResponseId, string QuestionId, Guid Id, byte[]? Answer);
}
