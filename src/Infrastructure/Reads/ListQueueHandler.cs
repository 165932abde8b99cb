using System.Globalization;
using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ListQueueHandler(DbSession db, ICaller caller, TimeProvider clock) : IRequestHandler<ListQueue, Page<WaitingConversation>>
{
    public async Task<Page<WaitingConversation>> Handle(ListQueue query, CancellationToken cancellationToken)
    {
        // The first of each program by its index, then the first of all: what is read does not grow with the length of the queues.
        const string sql = """
            select w.id as conversation_id, p.id as program_id, p.name as program_name, w.provider, w.risk_level,
                   greatest(0, extract(epoch from @Now - w.queued_at))::bigint as wait_seconds, row_number() over (order by w.effective_at, w.id) as position,
                   w.queued_at
            from programs p
            cross join lateral (
                select c.id, c.provider, c.risk_level, c.queued_at, c.effective_at
                from conversations c
                where c.program_id = p.id and c.state = 'queued'
                order by c.effective_at, c.id
                limit @Upto
            ) w
            where (@ProgramId::uuid is null or p.id = @ProgramId)
                and (@SeesAll or p.id in (select program_id from user_programs where user_id = @Me))
            order by w.effective_at, w.id
            limit @Take offset @Before
            """;

        var size = query.Limit ?? Paging.Default;
        var before = query.Cursor is { } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var rows = await db.ListAsync<WaitingConversation>(
            sql,
            new
            {
                Now = clock.GetUtcNow(), query.ProgramId, SeesAll = caller.SeesAll(), Me = caller.UserId, Upto = before + size + 1, Take = size + 1, Before = before,
            },
            cancellationToken);
        return Page.Of(rows, size, _ => (before + size).ToString(CultureInfo.InvariantCulture));
    }
}
