using Chat.Application.Common;
using Chat.Application.Escalations;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

internal sealed class EscalationViews(DbSession db, Keyring keyring, ICaller caller, ILogger<EscalationViews> logger)
    : IEscalationViews, IRequestHandler<GetEscalation, EscalationView>, IRequestHandler<ListEscalations, Page<EscalationView>>
{
    private const string Select = $"""
        select e.id, e.conversation_id, c.program_id, p.name as program_name, e.kind, e.urgency, e.reference_number, e.location, e.location_source, e.reason,
               e.contacted_service, e.opened_by, e.opened_at, e.acknowledged_by, e.acknowledged_at, e.resolved_by, e.resolved_at, e.outcome, e.outcome_note,
               c.responder_id, c.unattended or c.state in ('closed', 'expired', 'failed') as left_alone
        from escalations e
        join conversations c on c.affiliate_id = e.affiliate_id and c.id = e.conversation_id
        join programs p on p.affiliate_id = c.affiliate_id and p.id = c.program_id
        where {Visibility.Rule}
        """;

    public Task<EscalationView> Handle(GetEscalation query, CancellationToken cancellationToken) => ShowAsync(new(query.EscalationId), cancellationToken);

    public async Task<EscalationView> ShowAsync(EscalationId id, CancellationToken cancellationToken)
    {
        const string sql = $"{Select} and e.id = @id";

        var rows = await db.ListAsync<Row>(sql, new { id, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken);
        return rows.Count == 1 ? (await ShowAllAsync(rows, cancellationToken))[0] : throw new NotFoundException("The escalation");
    }

    public async Task<Page<EscalationView>> Handle(ListEscalations query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
                and (@Status::text is null or (e.resolved_at is null) = (@Status = 'open'))
                and (@ConversationId::uuid is null or e.conversation_id = @ConversationId)
                and (@After::uuid is null or e.id < @After)
            order by e.id desc
            limit @Take
            """;

        var rows = await db.ListAsync<Row>(
            sql,
            new { query.Status, query.ConversationId, After = query.After(), Take = query.Size() + 1, SeesAll = caller.SeesAll(), Me = caller.UserId },
            cancellationToken);
        return Page.Of(await ShowAllAsync(rows, cancellationToken), query.Size(), view => Paging.CursorOf(view.Id));
    }

    private async Task<IReadOnlyList<EscalationView>> ShowAllAsync(IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        const string steps = """
            select escalation_id, id, kind, by_id, at, contact, method, outcome, note
            from escalation_steps
            where escalation_id = any(@Ids)
            order by recorded_at, id
            """;
        const string sent = """
            select s.about_id as escalation_id, s.via, s.contact_id, k.name as contact, s.status, s.code, s.created_at, s.ended_at
            from sendings s
            left join emergency_contacts k on k.affiliate_id = s.affiliate_id and k.id = s.contact_id
            where s.about_id = any(@Ids) and s.contact_id is not null
            order by s.created_at, s.id
            """;
        const string people = "select id, name from users where id = any(@Ids)";

        var affiliate = db.Affiliate.Value;
        var ids = rows.Select(row => row.Id).ToArray();
        var taken = (await db.ListAsync<StepRow>(steps, new { Ids = ids }, cancellationToken)).ToLookup(step => step.EscalationId);
        var sendings = (await db.ListAsync<SentRow>(sent, new { Ids = ids }, cancellationToken)).ToLookup(one => one.EscalationId);
        var who = rows.SelectMany(row => new[] { row.OpenedBy, row.AcknowledgedBy, row.ResolvedBy }).Concat(taken.SelectMany(group => group.Select(step => step.ById)))
            .OfType<Guid>().Distinct().ToArray();
        var staff = await keyring.OfAsync(affiliate, cancellationToken);
        var names = (await db.ListAsync<(Guid Id, byte[] Name)>(people, new { Ids = who }, cancellationToken)).ToDictionary(one => one.Id, one => StaffName.Open(staff, one.Id, one.Name));
        var keys = await keyring.DataKeysAsync(affiliate, [.. rows.Select(row => row.ConversationId).Distinct()], cancellationToken);
        return [.. rows.Select(row => Show(row, keys.GetValueOrDefault(row.ConversationId)))];

        EscalationView Show(Row row, SealingKey? key) => new()
        {
            Id = row.Id,
            ConversationId = row.ConversationId,
            ProgramId = row.ProgramId,
            ProgramName = row.ProgramName,
            Type = row.Kind,
            Urgency = row.Urgency,
            ReferenceNumber = row.ReferenceNumber,
            Status = row.ResolvedAt is null ? "open" : "resolved",
            Location = Text(key, EscalationSecrets.Of(affiliate, "location", row.Id), row.Location),
            LocationSource = row.LocationSource,
            Reason = Text(key, EscalationSecrets.Of(affiliate, "reason", row.Id), row.Reason),
            ContactedService = Text(key, EscalationSecrets.Of(affiliate, "contacted_service", row.Id), row.ContactedService),
            OpenedBy = row.OpenedBy,
            OpenedByName = NameOf(row.OpenedBy),
            OpenedAt = row.OpenedAt,
            AcknowledgedBy = row.AcknowledgedBy,
            AcknowledgedByName = NameOf(row.AcknowledgedBy),
            AcknowledgedAt = row.AcknowledgedAt,
            ResolvedBy = row.ResolvedBy,
            ResolvedByName = NameOf(row.ResolvedBy),
            ResolvedAt = row.ResolvedAt,
            Outcome = Text(key, EscalationSecrets.Of(affiliate, "outcome", row.Id), row.Outcome),
            OutcomeNote = Text(key, EscalationSecrets.Of(affiliate, "outcome_note", row.Id), row.OutcomeNote),
            CanResolve = row.ResolvedAt is null && caller.May(Permission.AttendEscalations)
                && (caller.May(Permission.HoldConversations) ? row.ResponderId == caller.UserId.Value : row.LeftAlone),
            Steps =
            [
                .. taken[row.Id].Select(step => new EscalationStepView(
                    step.Kind, step.At, step.ById, NameOf(step.ById), Text(key, EscalationSecrets.OfStep(affiliate, "contact", step.Id), step.Contact), step.Method,
                    Text(key, EscalationSecrets.OfStep(affiliate, "outcome", step.Id), step.Outcome), Text(key, EscalationSecrets.OfStep(affiliate, "note", step.Id), step.Note))),
            ],
            Sent =
            [
                .. sendings[row.Id].Select(one => new EscalationSendingView(
                    one.Via, EmergencyContactSecrets.OpenOrNull(staff, one.ContactId, "name", one.Contact), one.Status, one.Code, one.CreatedAt, one.EndedAt)),
            ],
        };

        string? NameOf(Guid? user) => user is { } id ? names.GetValueOrDefault(id) : null;
    }

    // Without its key, or damaged, a value cannot be read any more; the rest of the record can.
    private string? Text(SealingKey? key, Place place, byte[]? value) => logger.OpenOrNull(key, place, value);

    private sealed record Row(
        Guid Id, Guid ConversationId, Guid ProgramId, string ProgramName, string Kind, string Urgency, string ReferenceNumber, byte[]? Location,
        string? LocationSource, byte[]? Reason, byte[]? ContactedService, Guid OpenedBy, DateTimeOffset OpenedAt, Guid? AcknowledgedBy,
        DateTimeOffset? AcknowledgedAt, Guid? ResolvedBy, DateTimeOffset? ResolvedAt, byte[]? Outcome, byte[]? OutcomeNote,
        Guid? ResponderId, bool LeftAlone);

    private sealed record StepRow(
        Guid EscalationId, Guid Id, string Kind, Guid? ById, DateTimeOffset At, byte[]? Contact, string? Method, byte[]? Outcome, byte[]? Note);

    private sealed record SentRow(
        Guid EscalationId, string Via, Guid ContactId, byte[]? Contact, string Status, string? Code, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt);
}
