using System.Collections.Concurrent;
using System.Net;
using Chat.Application.ApiKeys;
using Chat.Domain.ApiKeys;
using Chat.Domain.Common;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Infrastructure.Security;

/// <summary>
/// Whose a partner's key is and what it may, remembered for a few seconds as sessions are. What is no key costs one look-up by its hash,
/// and is not remembered: strangers could fill the memory with guesses.
/// </summary>
public sealed class ApiKeyCheck(Databases databases, [FromKeyedServices(Clocks.Real)] TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan NotedAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (KeyClaims Claims, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = new();

    /// <summary>Null for what is no key, is one no more, or may not be used from this address.</summary>
    public async ValueTask<KeyClaims?> ReadAsync(string token, IPAddress? from, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!ApiKeySecret.IsOne(token))
        {
            return null;
        }

        var hash = ApiKeySecret.Hash(token);
        var name = Convert.ToBase64String(hash);
        var claims = _known.TryGetValue(name, out var known) && known.Until > now ? known.Claims : await FindAsync(hash, name, now, cancellationToken);
        if (claims is null || claims.ExpiresAt <= now || !claims.Networks.MayCome(from))
        {
            return null;
        }

        await NoteAsync(claims.KeyId, now, cancellationToken);
        return claims;
    }

    public void ForgetAll() => _known.Clear();

    private async Task<KeyClaims?> FindAsync(byte[] hash, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string whose = """
            select h.key_id, h.affiliate_id
            from api_key_hashes h
            join affiliates a on a.id = h.affiliate_id
            where h.key_hash = @hash and a.status = 'active'
            """;
        const string may = "select scopes, networks, expires_at from api_keys where id = @key";

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (key, affiliate) = await connection.QuerySingleOrDefaultAsync<(Guid Key, Guid Affiliate)>(
            new CommandDefinition(whose, new { hash }, transaction, cancellationToken: cancellationToken));
        if (key == default)
        {
            return null;
        }

        await transaction.EnterAsync(affiliate, cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<KeyRow>(new CommandDefinition(may, new { key }, transaction, cancellationToken: cancellationToken)) is not { } row)
        {
            // It was ended between the two.
            return null;
        }

        var claims = new KeyClaims(key, new(affiliate), [.. row.Scopes.Select(Wire.Value<ApiScope>)], Networks.Of(row.Networks), row.ExpiresAt);
        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        _known[name] = (claims, now + Remembered);
        return claims;
    }

    private async Task NoteAsync(Guid key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "update api_key_hashes set last_used_at = @now where key_id = @key and (last_used_at is null or last_used_at < @now)";

        if (_noted.TryGetValue(key, out var noted) && now - noted < NotedAgain)
        {
            return;
        }

        _noted[key] = now;
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { now, key }, cancellationToken: cancellationToken));
    }

    private sealed record KeyRow(string[] Scopes, string[] Networks, DateTimeOffset? ExpiresAt);
}

/// <summary>What a partner's key has proven.</summary>
public sealed record KeyClaims(Guid KeyId, AffiliateId Affiliate, IReadOnlyList<ApiScope> Scopes, Networks Networks, DateTimeOffset? ExpiresAt);
