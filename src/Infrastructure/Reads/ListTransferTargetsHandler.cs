using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ListTransferTargetsHandler(DbSession db, Keyring keyring, IConversationViews conversations, ICaller caller)
    : IRequestHandler<ListTransferTargets, TransferTargets>
{
    public async Task<TransferTargets> Handle(ListTransferTargets query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select t.user_id, t.name, t.presence, t.free_places
            from (
                select u.id as user_id, u.name, {Room.Presence} as presence,
                       greatest(0, u.max_concurrent - (
                           select count(*)::int from conversations c where c.responder_id = u.id and c.state = any(@Occupying))) as free_places
                from users u
                join user_programs m on m.user_id = u.id and m.program_id = @ProgramId
                left join presence p on p.user_id = u.id
                where u.role = 'responder' and u.status = 'active' and u.id <> @Me
            ) t
            order by t.presence = 'available' and t.free_places > 0 desc, t.presence = 'available' desc, t.presence = 'away' desc, t.free_places desc, t.user_id
            limit 200
            """;
        const string programs = """
            select id as program_id, name
            from programs
            where status = 'active' and id <> @ProgramId
            order by name, id
            limit 200
            """;

        var conversation = await conversations.ShowAsync(new(query.ConversationId), cancellationToken);
        var rows = await db.ListAsync<Row>(sql, new { conversation.ProgramId, Room.Occupying, Me = caller.UserId }, cancellationToken);
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return new TransferTargets(
            [.. rows.Select(row => new TransferTarget(row.UserId, StaffName.Open(keys, row.UserId, row.Name), row.Presence, row.FreePlaces))],
            await db.ListAsync<TransferProgram>(programs, new { conversation.ProgramId }, cancellationToken));
    }

    private sealed record Row(Guid UserId, byte[] Name, string Presence, int FreePlaces);
}
