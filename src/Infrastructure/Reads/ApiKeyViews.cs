using Chat.Application.ApiKeys;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ApiKeyViews(DbSession db, AdminLists lists)
    : IApiKeyViews, IRequestHandler<GetApiKey, ApiKeyView>, IRequestHandler<ListApiKeys, Page<ApiKeyView>>
{
    private const string Select = """
        select
            k.id, k.affiliate_id, k.name, k.scopes, k.networks, k.hint, k.expires_at,
            (select h.last_used_at from api_key_hashes h where h.key_id = k.id) as last_used_at, k.version, k.created_at, k.updated_at
        from api_keys k
        """;

    public Task<ApiKeyView> Handle(GetApiKey query, CancellationToken cancellationToken) => ShowAsync(new(query.ApiKeyId), cancellationToken);

    public async Task<ApiKeyView> ShowAsync(ApiKeyId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where k.id = @id
            """;

        return await db.FindAsync<ApiKeyView>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The API key");
    }

    public Task<Page<ApiKeyView>> Handle(ListApiKeys query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where {AdminRows.Condition}
            order by id
            limit @Take
            """;

        return lists.ReadAsync(
            AdminResources.ApiKey, query, query.AffiliateId, program: null,
            wanted => db.ListAsync<ApiKeyView>(sql, new { wanted.Ids, wanted.After, wanted.Take }, cancellationToken),
            view => view.Id, cancellationToken);
    }
}
