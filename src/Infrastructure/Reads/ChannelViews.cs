using System.Text.Json;
using Chat.Application.Channels;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ChannelViews(DbSession db, AdminLists lists, PublicAddress publicAddress)
    : IChannelViews, IRequestHandler<GetChannel, ChannelView>, IRequestHandler<ListChannels, Page<ChannelView>>
{
    private const string Select = """
        select id, affiliate_id, program_id, provider, address, credentials_set, settings::text as settings, status, version,
               created_at, updated_at
        from channels
        """;

    public Task<ChannelView> Handle(GetChannel query, CancellationToken cancellationToken) =>
        ShowAsync(new(query.ChannelId), cancellationToken);

    public async Task<ChannelView> ShowAsync(ChannelId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where id = @id
            """;

        var row = await db.FindAsync<Row>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The channel");
        return row.Show(publicAddress);
    }

    public Task<Page<ChannelView>> Handle(ListChannels query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where {AdminRows.Condition}
                and (@ProgramId::uuid is null or program_id = @ProgramId) and (@Provider::text is null or provider = @Provider)
            order by id
            limit @Take
            """;

        return lists.ReadAsync<ChannelView>(
            AdminResources.Channel, query, query.AffiliateId, query.ProgramId,
            async wanted =>
            {
                var rows = await db.ListAsync<Row>(
                    sql, new { wanted.Ids, wanted.After, wanted.Take, query.ProgramId, query.Provider }, cancellationToken);
                return [.. rows.Select(row => row.Show(publicAddress))];
            },
            view => view.Id, cancellationToken);
    }

    private sealed record Row(
        Guid Id, Guid AffiliateId, Guid ProgramId, string Provider, string Address, string[] CredentialsSet, string Settings, string Status,
        long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public ChannelView Show(PublicAddress publicAddress) =>
            new(
                Id, AffiliateId, ProgramId, Provider, Address, CredentialsSet.ToDictionary(name => name, _ => true),
                JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Settings)!, Status,
                publicAddress.At($"/api/webhooks/{Provider}").AbsoluteUri, Version, CreatedAt, UpdatedAt);
    }
}
