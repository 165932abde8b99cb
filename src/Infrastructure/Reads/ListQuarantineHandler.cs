using Chat.Application.Common;
using Chat.Application.Quarantine;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ListQuarantineHandler(DbSession db) : IRequestHandler<ListQuarantine, Page<QuarantinedCallView>>
{
    public async Task<Page<QuarantinedCallView>> Handle(ListQuarantine query, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, channel_id, provider, reason, size, received_at, replayed_at
            from quarantined_calls
            where @After::uuid is null or id < @After
            order by id desc
            limit @Take
            """;

        // Calls belong to channels, and the platform has none: whose are meant must be said.
        if (query.AffiliateId is null && db.Affiliate.IsPlatform)
        {
            throw Rules.Invalid(nameof(query.AffiliateId), "Say which affiliate's.");
        }

        var rows = await db.ListAsync<QuarantinedCallView>(sql, new { After = query.After(), Take = query.Size() + 1 }, cancellationToken);
        return Page.Of(rows, query.Size(), call => Paging.CursorOf(call.Id));
    }
}
