using Chat.Application.Supervision;
using Chat.Domain.Programs;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class GetOverviewHandler(DbSession db, Keyring keyring, TimeProvider clock) : IRequestHandler<GetOverview, OverviewView>
{
    public async Task<OverviewView> Handle(GetOverview query, CancellationToken cancellationToken)
    {
        const string states = "select state, count(*) as count from conversations where state not in ('closed', 'expired', 'failed') group by state";

        var (now, keys) = (clock.GetUtcNow(), await keyring.OfAsync(db.Affiliate.Value, cancellationToken));
        return new OverviewView(
            await ProgramsAsync(now, cancellationToken), await PeopleAsync(keys, cancellationToken), await EscalationsAsync(keys, cancellationToken),
            (await db.ListAsync<(string State, long Count)>(states, new { }, cancellationToken)).ToDictionary(row => row.State, row => row.Count));
    }

    private async Task<IReadOnlyList<ProgramOverview>> ProgramsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            select p.id, p.name, p.settings::text as settings, a.time_zone, coalesce(w.waiting, 0) as waiting, coalesce(w.in_danger, 0) as in_danger,
                   extract(epoch from @now - w.since)::bigint as longest_wait,
                   (select count(*) from conversations c where c.program_id = p.id and c.state = any(@Occupying)) as underway,
                   coalesce(r.available, 0)::int as available, coalesce(r.free, 0)::int as free
            from programs p
            join affiliates a on a.id = p.affiliate_id
            left join lateral (
                select count(*) as waiting, count(*) filter (where c.risk_level in ('high', 'imminent')) as in_danger, min(c.queued_at) as since
                from conversations c
                where c.program_id = p.id and c.state = 'queued'
            ) w on true
            left join lateral (
                select count(*) as available, sum(greatest(0, u.max_concurrent - h.held)) as free
                from user_programs m
                join users u on u.id = m.user_id and u.role = 'responder' and u.status = 'active'
                join presence s on s.user_id = u.id and s.declared = 'available' and s.lapsed_at is null
                cross join lateral (
                    select count(*) as held from conversations c where c.responder_id = u.id and c.state = any(@Occupying)
                ) h
                where m.program_id = p.id
            ) r on true
            where p.status = 'active'
            order by p.name, p.id
            """;

        var programs = new List<ProgramOverview>();
        foreach (var row in await db.ListAsync<ProgramRow>(sql, new { now, Room.Occupying }, cancellationToken))
        {
            var hours = ProgramSettings.Read(row.Settings).HoursIn(row.TimeZone);
            var isOpen = hours.IsOpenAt(now);
            var expected = ExpectedWaits.Expected(row.Waiting + 1, await ExpectedWaits.TakenLatelyAsync(db, row.Id, now, cancellationToken));
            programs.Add(new ProgramOverview(
                row.Id, row.Name, isOpen, isOpen ? null : hours.NextOpeningAfter(now), row.Waiting, row.InDanger, row.LongestWait, (long?)expected?.TotalSeconds,
                row.Underway, row.Available, row.Free));
        }

        return programs;
    }

    private async Task<IReadOnlyList<PersonOverview>> PeopleAsync(AffiliateKeys keys, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select u.id, u.name, {Room.Presence} as presence, p.last_seen_at,
                   h.holding, u.max_concurrent, h.escalated, h.unattended, h.unanswered
            from users u
            left join presence p on p.user_id = u.id
            cross join lateral (
                select count(*)::int as holding, count(*) filter (where c.state in ('escalated_medical', 'escalated_police'))::int as escalated,
                       count(*) filter (where c.unattended)::int as unattended,
                       count(*) filter (where exists (
                           select from messages m
                           where m.conversation_id = c.id and m.sequence = c.last_sequence and m.direction = 'inbound')) as unanswered
                from conversations c
                where c.responder_id = u.id and c.state = any(@Occupying)
            ) h
            where u.role = 'responder' and u.status = 'active'
            order by h.unattended > 0 desc, p.declared = 'available' and p.lapsed_at is null desc nulls last, h.holding desc, u.id
            limit 500
            """;

        return
        [
            .. (await db.ListAsync<PersonRow>(sql, new { Room.Occupying }, cancellationToken)).Select(row => new PersonOverview(
                row.Id, StaffName.Open(keys, row.Id, row.Name), row.Presence, row.LastSeenAt, row.Holding, row.MaxConcurrent, row.Escalated, row.Unattended,
                row.Unanswered)),
        ];
    }

    private async Task<IReadOnlyList<EscalationOverview>> EscalationsAsync(AffiliateKeys keys, CancellationToken cancellationToken)
    {
        const string sql = """
            select e.id, e.conversation_id, e.kind, e.urgency, e.reference_number, e.opened_at, e.opened_by, u.name as opened_by_name,
                   e.acknowledged_at is not null as acknowledged, e.reminders
            from escalations e
            left join users u on u.id = e.opened_by
            where e.resolved_at is null
            order by e.acknowledged_at is not null, e.opened_at
            limit 200
            """;

        return
        [
            .. (await db.ListAsync<EscalationRow>(sql, new { }, cancellationToken)).Select(row => new EscalationOverview(
                row.Id, row.ConversationId, row.Kind, row.Urgency, row.ReferenceNumber, row.OpenedAt, StaffName.OpenOrNull(keys, row.OpenedBy, row.OpenedByName),
                row.Acknowledged, row.Reminders)),
        ];
    }

    private sealed record ProgramRow(
        Guid Id, string Name, string Settings, string TimeZone, long Waiting, long InDanger, long? LongestWait, long Underway, int Available, int Free);

    private sealed record PersonRow(
        Guid Id, byte[] Name, string Presence, DateTimeOffset? LastSeenAt, int Holding, int MaxConcurrent, int Escalated, int Unattended, long Unanswered);

    private sealed record EscalationRow(
        Guid Id, Guid ConversationId, string Kind, string Urgency, string ReferenceNumber, DateTimeOffset OpenedAt, Guid? OpenedBy, byte[]? OpenedByName,
        bool Acknowledged, int Reminders);
}
