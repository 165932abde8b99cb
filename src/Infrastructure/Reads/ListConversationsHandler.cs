using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ListConversationsHandler(DbSession db, ConversationRows shown, ICaller caller) : IRequestHandler<ListConversations, Page<ConversationView>>
{
    public async Task<Page<ConversationView>> Handle(ListConversations query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {ConversationRow.Columns}
            from {ConversationRow.Tables}
            where (cardinality(@States) = 0 or c.state = any(@States))
                and (@ProgramId::uuid is null or c.program_id = @ProgramId)
                and (@ResponderId::uuid is null or c.responder_id = @ResponderId)
                and (@RiskLevel::text is null or c.risk_level = @RiskLevel)
                and (@TexterId::uuid is null or c.texter_id = @TexterId)
                and (@After::uuid is null or c.id < @After)
                and {Visibility.Rule}
            order by c.id desc
            limit @Take
            """;

        var rows = await db.ListAsync<ConversationRow>(
            sql,
            new
            {
                query.States, query.ProgramId, query.ResponderId, query.RiskLevel, query.TexterId, After = query.After(), Take = query.Size() + 1,
                SeesAll = caller.SeesAll(), Me = caller.UserId,
            },
            cancellationToken);
        return Page.Of(await shown.ShowAsync(rows, cancellationToken), query.Size(), view => Paging.CursorOf(view.Id));
    }
}
