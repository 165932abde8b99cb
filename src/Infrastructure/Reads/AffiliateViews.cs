using Chat.Application.Affiliates;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class AffiliateViews(DbSession db, Keyring keyring)
    : IAffiliateViews, IRequestHandler<GetAffiliate, AffiliateView>, IRequestHandler<ListAffiliates, Page<AffiliateView>>
{
    // The installation's own row is nobody's affiliate.
    private const string Select = """
        select id, name, region, time_zone, data_retention_days, contact_email, status, version, created_at, updated_at
        from affiliates
        where id <> '00000000-0000-0000-0000-000000000000'
        """;

    public Task<AffiliateView> Handle(GetAffiliate query, CancellationToken cancellationToken) =>
        ShowAsync(new(query.AffiliateId), cancellationToken);

    public async Task<AffiliateView> ShowAsync(AffiliateId id, CancellationToken cancellationToken)
    {
        const string sql = $"{Select} and id = @id";

        var row = await db.FindAsync<Row>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The affiliate");
        return (await ShowAllAsync([row], cancellationToken))[0];
    }

    public async Task<Page<AffiliateView>> Handle(ListAffiliates query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
                and (@Status::text is null or status = @Status) and (@After::uuid is null or id > @After)
            order by id
            limit @Take
            """;

        var rows = await db.ListAsync<Row>(sql, new { query.Status, After = query.After(), Take = query.Size() + 1 }, cancellationToken);
        return Page.Of(await ShowAllAsync(rows, cancellationToken), query.Size(), view => Paging.CursorOf(view.Id));
    }

    private async Task<IReadOnlyList<AffiliateView>> ShowAllAsync(IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var keys = await keyring.KeyIdsAsync([.. rows.Select(row => row.Id)], cancellationToken);
        return
        [
            .. rows.Select(row => new AffiliateView(
                row.Id, row.Name, row.Region, row.TimeZone, row.DataRetentionDays, row.ContactEmail, row.Status,
                keys.TryGetValue(row.Id, out var key) ? key : null, row.Version, row.CreatedAt, row.UpdatedAt)),
        ];
    }

    private sealed record Row(
        Guid Id, string Name, string? Region, string TimeZone, int DataRetentionDays, string? ContactEmail, string Status, long Version,
        DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
}
