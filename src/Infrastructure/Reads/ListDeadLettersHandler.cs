using Chat.Application.Common;
using Chat.Application.Events;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ListDeadLettersHandler(DbSession db) : IRequestHandler<ListDeadLetters, Page<DeadLetterView>>
{
    public async Task<Page<DeadLetterView>> Handle(ListDeadLetters query, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, event_id, affiliate_id, subject as conversation_id, sequence, type, reason, attempts, happened_at, died_at, replayed_at
            from dead_letters
            where @After::uuid is null or id < @After
            order by id desc
            limit @Take
            """;

        var rows = await db.ListAsync<DeadLetterView>(sql, new { After = query.After(), Take = query.Size() + 1 }, cancellationToken);
        return Page.Of(rows, query.Size(), letter => Paging.CursorOf(letter.Id));
    }
}
