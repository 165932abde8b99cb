using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Retention;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ErasureViews(DbSession db, PurgeLedger ledger) : IRequestHandler<GetErasure, ErasureView>, IRequestHandler<ListErasures, Page<ErasureView>>
{
    public async Task<ErasureView> Handle(GetErasure query, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, texter_id, asked_by, asked_at, destroyed::text as destroyed, key_ids
            from erasures
            where id = @ErasureId
            """;

        var row = await db.FindAsync<Row>(sql, new { query.ErasureId }, cancellationToken) ?? throw new NotFoundException("The erasure");
        return (await ShowAsync([row], cancellationToken))[0];
    }

    public async Task<Page<ErasureView>> Handle(ListErasures query, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, texter_id, asked_by, asked_at, destroyed::text as destroyed, key_ids
            from erasures
            where @After::uuid is null or id < @After
            order by id desc
            limit @Take
            """;

        var rows = await db.ListAsync<Row>(sql, new { After = query.After(), Take = query.Size() + 1 }, cancellationToken);
        return Page.Of(await ShowAsync(rows, cancellationToken), query.Size(), view => Paging.CursorOf(view.Id));
    }

    // Whether the keys are gone is what the key store itself says.
    private async Task<IReadOnlyList<ErasureView>> ShowAsync(IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var completed = await ledger.CompletedAsync([.. rows.Select(row => row.Id)], cancellationToken);
        return [.. rows.Select(row => row.Show(completed.TryGetValue(row.Id, out var at) ? at : null))];
    }

    private sealed record Row(Guid Id, Guid TexterId, Guid AskedBy, DateTimeOffset AskedAt, string Destroyed, Guid[] KeyIds)
    {
        public ErasureView Show(DateTimeOffset? completedAt) => new(
            Id, TexterId, completedAt is null ? "under_way" : "completed", AskedBy, AskedAt, completedAt,
            JsonSerializer.Deserialize<Dictionary<string, int>>(Destroyed)!, KeyIds);
    }
}
