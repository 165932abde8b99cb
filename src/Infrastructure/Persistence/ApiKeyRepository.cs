using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.ApiKeys;
using Chat.Domain.Common;
using Chat.Infrastructure.Security;

namespace Chat.Infrastructure.Persistence;

internal sealed class ApiKeyRepository(DbSession db, ApiKeyCheck check) : IApiKeyRepository
{
    public async Task<ApiKey> GetAsync(ApiKeyId id, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, name, scopes, networks, hint, expires_at, version, created_by, created_at, updated_at
            from api_keys
            where id = @id
            for no key update
            """;

        return await db.FindAsync<ApiKey>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The API key");
    }

    public async Task AddAsync(ApiKey key, byte[] hash, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into api_keys (id, name, scopes, networks, hint, expires_at, version, created_by, created_at, updated_at)
            values (@Id, @Name, @Scopes, @Networks, @Hint, @ExpiresAt, @Version, @CreatedBy, @CreatedAt, @UpdatedAt)
            """;
        const string known = "insert into api_key_hashes (key_hash, key_id, affiliate_id) values (@hash, @Id, @Affiliate)";

        await db.WriteAsync(sql, key, key, cancellationToken);
        await db.ExecuteAsync(known, new { hash, key.Id, db.Affiliate }, cancellationToken);
        await db.AddResourceAsync(key.Key, AdminResources.ApiKey, cancellationToken);
    }

    public async Task SaveAsync(ApiKey key, CancellationToken cancellationToken)
    {
        const string sql = """
            update api_keys
            set name = @Name, scopes = @Scopes, networks = @Networks, expires_at = @ExpiresAt, version = @Version, updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        await db.WriteAsync(sql, key, key, cancellationToken);
        db.OnCommit(check.ForgetAll);
    }

    public async Task DeleteAsync(ApiKey key, CancellationToken cancellationToken)
    {
        const string sql = "delete from api_keys where id = @Id and version = @Version";
        const string known = "delete from api_key_hashes where key_id = @Id";

        await db.WriteAsync(sql, key, key, cancellationToken);
        await db.ExecuteAsync(known, new { key.Id }, cancellationToken);
        await db.RemoveResourceAsync(key.Key, cancellationToken);
        db.OnCommit(check.ForgetAll);
    }
}
