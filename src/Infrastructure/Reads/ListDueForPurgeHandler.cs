using Chat.Application.Common;
using Chat.Application.Retention;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ListDueForPurgeHandler(DbSession db, TimeProvider clock) : IRequestHandler<ListDueForPurge, Page<DueForPurge>>
{
    public async Task<Page<DueForPurge>> Handle(ListDueForPurge query, CancellationToken cancellationToken)
    {
        const string sql = """
            select c.id as conversation_id, c.program_id, c.closed_at, c.closed_at + make_interval(days => a.data_retention_days) as due_at,
                   h.conversation_id is not null as on_hold
            from conversations c
            join affiliates a on a.id = c.affiliate_id
            left join legal_holds h on h.affiliate_id = c.affiliate_id and h.conversation_id = c.id
            where c.state in ('closed', 'expired', 'failed') and c.closed_at < @Now - make_interval(days => a.data_retention_days)
                and (@After::uuid is null or c.id > @After)
            order by c.id
            limit @Take
            """;

        var rows = await db.ListAsync<DueForPurge>(sql, new { Now = clock.GetUtcNow(), After = query.After(), Take = query.Size() + 1 }, cancellationToken);
        return Page.Of(rows, query.Size(), row => Paging.CursorOf(row.ConversationId));
    }
}
