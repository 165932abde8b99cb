using Chat.Application.Audit;
using Chat.Application.Common;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ListAuditHandler(DbSession db) : IRequestHandler<ListAudit, Page<AuditEntryView>>
{
    public async Task<Page<AuditEntryView>> Handle(ListAudit query, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, action, actor_id, subjects, request_id, at
            from audit_entries
            where (@After::uuid is null or id < @After)
                and (@First::uuid is null or id >= @First) and (@Beyond::uuid is null or id < @Beyond)
                and (@From::timestamptz is null or at >= @From) and (@To::timestamptz is null or at <= @To)
                and (@ActorId::uuid is null or actor_id = @ActorId)
                and (@Action::text is null or action = @Action)
                and (@Subject::uuid is null or @Subject = any(subjects))
            order by id desc
            limit @Take
            """;

        var rows = await db.ListAsync<AuditEntryView>(
            sql,
            new
            {
                After = query.After(), First = IdsOfTime.FirstOf(query.From?.ToUnixTimeMilliseconds()),
                Beyond = IdsOfTime.FirstOf(query.To?.ToUnixTimeMilliseconds() + 1), From = query.From?.ToUniversalTime(), To = query.To?.ToUniversalTime(), query.ActorId, query.Action, query.Subject,
                Take = query.Size() + 1,
            },
            cancellationToken);
        return Page.Of(rows, query.Size(), entry => Paging.CursorOf(entry.Id));
    }
}
