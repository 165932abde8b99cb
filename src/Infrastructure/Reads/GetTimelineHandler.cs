using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class GetTimelineHandler(DbSession db, Keyring keyring, ICaller caller) : IRequestHandler<GetTimeline, TimelineView>
{
    public async Task<TimelineView> Handle(GetTimeline query, CancellationToken cancellationToken)
    {
        const string sees = $"select exists (select from conversations c where c.id = @ConversationId and {Visibility.Rule})";
        const string sql = """
            select l.at, l.kind, l.event, l.from_state, l.to_state, l.actor_id, a.name as actor_name, l.about_id, b.name as about_name, l.reason, l.escalation_id, l.agreed
            from (
                -- In the order in which they were taken, whatever the clocks of the machines that took them.
                select max(t.at) over (order by t.version) as since, t.at, 'transition' as kind, t.transition as event, t.from_state, t.to_state, t.actor_id, t.about_id, t.reason,
                       null::uuid as escalation_id,
                       (select f.agreed from follow_ups f
                        where f.affiliate_id = t.affiliate_id and f.conversation_id = t.conversation_id and f.created_at = t.at
                            and t.transition = 'schedule_follow_up'
                        limit 1) as agreed,
                       t.version as number
                from conversation_transitions t
                where t.conversation_id = @ConversationId
                union all
                select s.at, s.at, 'escalation', s.kind, null, null, s.by_id, null, null, s.escalation_id, null, 0
                from escalations e
                join escalation_steps s on s.affiliate_id = e.affiliate_id and s.escalation_id = e.id
                where e.conversation_id = @ConversationId
            ) l
            left join users a on a.id = l.actor_id
            left join users b on b.id = l.about_id
            order by l.since, l.number
            """;

        if (!await db.FindAsync<bool>(sees, new { query.ConversationId, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken))
        {
            throw new NotFoundException("The conversation");
        }

        var rows = await db.ListAsync<Row>(sql, new { query.ConversationId }, cancellationToken);
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return new TimelineView([.. rows.Select(row => row.Show(keys))]);
    }

    private sealed record Row(
        DateTimeOffset At, string Kind, string Event, string? FromState, string? ToState, Guid? ActorId, byte[]? ActorName, Guid? AboutId, byte[]? AboutName,
        string? Reason, Guid? EscalationId, bool? Agreed)
    {
        public TimelineEntry Show(AffiliateKeys keys) => new(
            At, Kind, Event, FromState, ToState, ActorId, StaffName.OpenOrNull(keys, ActorId, ActorName), AboutId, StaffName.OpenOrNull(keys, AboutId, AboutName),
            Reason, EscalationId, Agreed);
    }
}
