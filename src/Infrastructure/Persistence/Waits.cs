using Chat.Application.Ports;
using Chat.Domain.Conversations;

namespace Chat.Infrastructure.Persistence;

internal sealed class Waits(DbSession db) : IWaits
{
    public async Task<Wait> OfAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        const string sql = """
            select
                coalesce(
                    (select m.created_at from messages m where m.conversation_id = @Id and m.direction = 'inbound' order by m.sequence desc limit 1),
                    @CreatedAt) as last_said,
                coalesce(
                    (select t.transition = 'route_message' or t.reason = 'texter_wrote' from conversation_transitions t
                     where t.conversation_id = @Id order by t.version desc limit 1),
                    true) as texter_began,
                exists (select from messages m where m.conversation_id = @Id and m.direction = 'system') as greeted
            """;

        return (await db.FindAsync<Wait>(sql, new { conversation.Id, conversation.CreatedAt }, cancellationToken))!;
    }

    public async Task<QueuePlace> PlaceOfAsync(Conversation conversation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            select 1 + count(*)::int
            from conversations w
            where w.program_id = @ProgramId and w.state = 'queued' and (w.effective_at, w.id) < (@EffectiveAt, @Id)
            """;

        var position = await db.FindAsync<int>(sql, new { conversation.Id, conversation.ProgramId, conversation.EffectiveAt }, cancellationToken);
        var takenLately = await ExpectedWaits.TakenLatelyAsync(db, conversation.ProgramId.Value, now, cancellationToken);
        return new QueuePlace(position, ExpectedWaits.Expected(position, takenLately));
    }
}

/// <summary>How long somebody is likely to wait, from how fast their program has lately taken people from its queue.</summary>
internal static class ExpectedWaits
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(30);

    // Fewer say nothing.
    private const int Enough = 3;

    public static TimeSpan? Expected(long position, int takenLately) => takenLately < Enough ? null : Lately / takenLately * position;

    public static Task<int> TakenLatelyAsync(DbSession db, Guid program, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            select count(*)::int
            from conversation_transitions t
            join conversations c on c.affiliate_id = t.affiliate_id and c.id = t.conversation_id
            where t.transition = 'assign_responder' and t.at > @Since and c.program_id = @program
            """;

        return db.FindAsync<int>(sql, new { program, Since = now - Lately }, cancellationToken);
    }
}
