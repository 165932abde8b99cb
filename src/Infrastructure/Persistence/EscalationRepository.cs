using System.Globalization;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Escalations;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class EscalationRepository(DbSession db, Keyring keyring, IProgramFacts programs, IDueJobs jobs, ICaller caller, TimeProvider clock)
    : IEscalationRepository
{
    private const string Columns = """
        e.id, e.conversation_id, e.kind, e.urgency, e.reference_number, e.location, e.location_source, e.reason, e.contacted_service, e.opened_by,
        e.opened_at, e.acknowledged_by, e.acknowledged_at, e.resolved_by, e.resolved_at, e.outcome, e.outcome_note, e.reminders, e.version
        """;

    public Task<Escalation> GetAsync(EscalationId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from escalations e
            join conversations c on c.affiliate_id = e.affiliate_id and c.id = e.conversation_id
            where e.id = @id and {Visibility.Rule}
            for no key update of e
            """;

        return ReadAsync(sql, id, cancellationToken);
    }

    public Task<Escalation> GetForSystemAsync(EscalationId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from escalations e
            where e.id = @id
            for no key update
            """;

        return ReadAsync(sql, id, cancellationToken);
    }

    public async Task<Escalation?> FindOpenAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from escalations e
            where e.conversation_id = @conversation and e.resolved_at is null
            for no key update
            """;

        return await db.FindAsync<Row>(sql, new { conversation }, cancellationToken) is { } row ? await OpenAsync(row, cancellationToken) : null;
    }

    public async Task<string> NextReferenceAsync(EscalationKind kind, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into escalation_numbers (year, last)
            values (@Year, 1)
            on conflict (affiliate_id, year) do update
            set last = escalation_numbers.last + 1
            returning last
            """;

        var number = await db.FindAsync<long>(sql, new { now.Year }, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{(kind == EscalationKind.Medical ? "MED" : "POL")}-{now.Year}-{number:000000}");
    }

    public async Task AddAsync(Escalation escalation, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into escalations (
                id, conversation_id, kind, urgency, reference_number, location, location_source, reason, contacted_service, opened_by, opened_at,
                reminders, version)
            values (
                @Id, @ConversationId, @Kind, @Urgency, @ReferenceNumber, @Location, @LocationSource, @Reason, @ContactedService, @OpenedBy, @OpenedAt,
                @Reminders, @Version)
            """;

        await WriteAsync(sql, escalation, cancellationToken);
    }

    public async Task SaveAsync(Escalation escalation, CancellationToken cancellationToken)
    {
        const string sql = """
            update escalations
            set urgency = @Urgency, location = @Location, location_source = @LocationSource, reason = @Reason, acknowledged_by = @AcknowledgedBy,
                acknowledged_at = @AcknowledgedAt, resolved_by = @ResolvedBy, resolved_at = @ResolvedAt, outcome = @Outcome, outcome_note = @OutcomeNote,
                reminders = @Reminders, version = @Version
            where id = @Id
            """;

        await WriteAsync(sql, escalation, cancellationToken);
    }

    private async Task WriteAsync(string sql, Escalation escalation, CancellationToken cancellationToken)
    {
        var key = await keyring.DataKeyAsync(db.Affiliate.Value, escalation.ConversationId.Value, cancellationToken);
        await db.WriteAsync(
            sql, escalation,
            new
            {
                escalation.Id, escalation.ConversationId, escalation.Kind, escalation.Urgency, escalation.ReferenceNumber,
                Location = Seal("location", escalation.Location), LocationSource = escalation.LocationSource?.Name(),
                Reason = Seal("reason", escalation.Reason), ContactedService = Seal("contacted_service", escalation.ContactedService),
                escalation.OpenedBy, escalation.OpenedAt, escalation.AcknowledgedBy, escalation.AcknowledgedAt, escalation.ResolvedBy, escalation.ResolvedAt,
                Outcome = Seal("outcome", escalation.Outcome), OutcomeNote = Seal("outcome_note", escalation.OutcomeNote), escalation.Reminders, escalation.Version,
            },
            cancellationToken);
        await AddStepsAsync(escalation, key, cancellationToken);
        await SetClockAsync(escalation, cancellationToken);

        byte[]? Seal(string column, string? text) =>
            text is null ? null : Envelope.Seal(key, EscalationSecrets.Of(db.Affiliate.Value, column, escalation.Id.Value), text);
    }

    private async Task AddStepsAsync(Escalation escalation, SealingKey key, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into escalation_steps (escalation_id, id, kind, by_id, at, recorded_at, contact, method, outcome, note)
            values (@EscalationId, @Id, @Kind, @By, @At, @Now, @Contact, @Method, @Outcome, @Note)
            """;

        foreach (var step in escalation.Steps)
        {
            var id = Guid.CreateVersion7(clock.GetUtcNow());
            await db.ExecuteAsync(
                sql,
                new
                {
                    EscalationId = escalation.Id, Id = id, step.Kind, step.By, step.At, Now = clock.GetUtcNow(), Contact = Seal("contact", step.Contact), step.Method,
                    Outcome = Seal("outcome", step.Outcome), Note = Seal("note", step.Note),
                },
                cancellationToken);

            byte[]? Seal(string column, string? text) =>
                text is null ? null : Envelope.Seal(key, EscalationSecrets.OfStep(db.Affiliate.Value, column, id), text);
        }
    }

    // One clock for each that nobody has acted on.
    private async Task SetClockAsync(Escalation escalation, CancellationToken cancellationToken)
    {
        const string programOf = "select program_id from conversations where id = @ConversationId";

        if (!escalation.IsOpen || escalation.IsAttended)
        {
            await jobs.CancelAsync(JobKind.Escalation, escalation.Id.Value, cancellationToken);
            return;
        }

        var program = await db.FindAsync<ProgramId>(programOf, new { escalation.ConversationId }, cancellationToken);
        var patience = (await programs.GetAsync(program, cancellationToken)).Settings.EscalationReminder;
        await jobs.ScheduleAsync(JobKind.Escalation, escalation.Id.Value, clock.GetUtcNow() + patience, cancellationToken);
    }

    private async Task<Escalation> ReadAsync(string sql, EscalationId id, CancellationToken cancellationToken)
    {
        var row = await db.FindAsync<Row>(sql, new { id, SeesAll = caller.IsSystem || caller.SeesAll(), Me = caller.IsSystem ? (Guid?)null : caller.UserId.Value }, cancellationToken)
            ?? throw new NotFoundException("The escalation");
        return await OpenAsync(row, cancellationToken);
    }

    private async Task<Escalation> OpenAsync(Row row, CancellationToken cancellationToken)
    {
        var key = await keyring.DataKeyAsync(db.Affiliate.Value, row.ConversationId.Value, cancellationToken);
        return new Escalation(
            row.Id, row.ConversationId, row.Kind, row.Urgency, row.ReferenceNumber, Text("location", row.Location),
            row.LocationSource is { } source ? Wire.Value<LocationSource>(source) : null, Text("reason", row.Reason),
            Text("contacted_service", row.ContactedService), row.OpenedBy, row.OpenedAt, row.AcknowledgedBy, row.AcknowledgedAt, row.ResolvedBy,
            row.ResolvedAt, Text("outcome", row.Outcome), Text("outcome_note", row.OutcomeNote), row.Reminders, row.Version);

        string? Text(string column, byte[]? value) =>
            value is null ? null : Envelope.OpenText(key, EscalationSecrets.Of(db.Affiliate.Value, column, row.Id.Value), value);
    }

    private sealed record Row(
        EscalationId Id, ConversationId ConversationId, EscalationKind Kind, Urgency Urgency, string ReferenceNumber, byte[]? Location, string? LocationSource,
        byte[]? Reason, byte[]? ContactedService, UserId OpenedBy, DateTimeOffset OpenedAt, UserId? AcknowledgedBy, DateTimeOffset? AcknowledgedAt,
        UserId? ResolvedBy, DateTimeOffset? ResolvedAt, byte[]? Outcome, byte[]? OutcomeNote, int Reminders, long Version);
}

/// <summary>Where an escalation's sealed values stand, under its conversation's key.</summary>
internal static class EscalationSecrets
{
    public static Place Of(Guid affiliate, string column, Guid escalation) => new(affiliate, "escalations", column, escalation);

    public static Place OfStep(Guid affiliate, string column, Guid step) => new(affiliate, "escalation_steps", column, step);
}
