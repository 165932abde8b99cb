using System.Collections.Concurrent;
using System.Security.Cryptography;
using Chat.Application.Common;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Keys;

/// <summary>
/// All keys: the master key from the settings wraps one key for each affiliate, which wraps one for each conversation and texter. The
/// wrapped ones stand in the key store; unwrapped they live in this process's memory only. A key is committed before the first row that
/// needs it: one that was never used is harmless, a row without its key is lost.
/// </summary>
internal sealed class Keyring(Databases databases, IOptions<EncryptionOptions> options, TimeProvider clock, ILogger<Keyring> logger) : IDisposable
{
    private const int MostDataKeys = 100_000;

    private readonly ConcurrentDictionary<Guid, Task<AffiliateKeys>> _affiliates = new();
    private readonly MemoryCache _dataKeys = new(new MemoryCacheOptions { SizeLimit = MostDataKeys });
    private readonly Lazy<SealingKey> _master = new(() => new SealingKey(MasterName(options.Value.MasterKeyId), Convert.FromBase64String(options.Value.MasterKey)));

    /// <summary>The keys of an affiliate; made at its first use.</summary>
    public async ValueTask<AffiliateKeys> OfAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        if (_affiliates.TryGetValue(affiliate, out var known) && known.IsCompletedSuccessfully)
        {
            return known.Result;
        }

        // Not the caller's token: what one caller gives up, others still wait for.
        var loading = _affiliates.GetOrAdd(affiliate, id => LoadOrMakeAsync(id));
        try
        {
            return await loading.WaitAsync(cancellationToken);
        }
        catch (Exception) when (loading.IsFaulted)
        {
            _affiliates.TryRemove(new(affiliate, loading));
            throw;
        }
    }

    /// <summary>The names of affiliates' keys; who has none yet is missing from the answer.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> KeyIdsAsync(
        IReadOnlyCollection<Guid> affiliates, CancellationToken cancellationToken)
    {
        const string sql = """
            select affiliate_id, key_id
            from keys.affiliate_keys
            where affiliate_id = any(@affiliates) and state = 'active'
            """;

        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Affiliate, Guid Key)>(
            new CommandDefinition(sql, new { affiliates = affiliates.ToArray() }, cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.Affiliate, row => row.Key);
    }

    /// <summary>The key of a conversation or texter; Unreadable where there is none any more.</summary>
    public async ValueTask<SealingKey> DataKeyAsync(Guid affiliate, Guid owner, CancellationToken cancellationToken) =>
        (await DataKeysAsync(affiliate, [owner], cancellationToken)).GetValueOrDefault(owner)
        ?? throw new UnreadableException("The key is gone.");

    /// <summary>The keys of several owners; those whose key is gone are missing from the answer.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, SealingKey>> DataKeysAsync(Guid affiliate, IReadOnlyCollection<Guid> owners, CancellationToken cancellationToken)
    {
        const string sql = "select owner_id, wrapped from keys.data_keys where affiliate_id = @affiliate and owner_id = any(@missing)";

        var found = new Dictionary<Guid, SealingKey>(owners.Count);
        List<Guid>? missing = null;
        foreach (var owner in owners)
        {
            if (_dataKeys.TryGetValue((affiliate, owner), out SealingKey? key))
            {
                found[owner] = key!;
            }
            else
            {
                (missing ??= []).Add(owner);
            }
        }

        if (missing is null)
        {
            return found;
        }

        var keys = await OfAsync(affiliate, cancellationToken);
        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Owner, byte[] Wrapped)>(new CommandDefinition(sql, new { affiliate, missing }, cancellationToken: cancellationToken));
        foreach (var (owner, wrapped) in rows)
        {
            found[owner] = Remember(affiliate, new SealingKey(owner, keys.DataKeys.Open(DataKeyPlace(affiliate, owner), wrapped)));
        }

        return found;
    }

    /// <summary>Makes keys for new owners and commits them in one statement.</summary>
    public async Task<IReadOnlyDictionary<Guid, SealingKey>> MakeDataKeysAsync(Guid affiliate, IReadOnlyCollection<Guid> owners, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into keys.data_keys (affiliate_id, owner_id, wrapping_key, wrapped, created_at)
            select @affiliate, owner, @wrappingKey, wrapped, @now
            from unnest(@owners, @wrapped) as new (owner, wrapped)
            """;

        var keys = await OfAsync(affiliate, cancellationToken);
        var made = owners.Distinct().ToDictionary(owner => owner, owner => new SealingKey(owner, RandomNumberGenerator.GetBytes(32)));
        var wrapped = made.Values.Select(key => keys.DataKeys.Seal(DataKeyPlace(affiliate, key.Id), key.Bytes)).ToArray();
        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(
                sql, new { affiliate, wrappingKey = keys.DataKeys.Current.Id, now = clock.GetUtcNow(), owners = made.Keys.ToArray(), wrapped }, cancellationToken: cancellationToken));
        foreach (var key in made.Values)
        {
            Remember(affiliate, key);
        }

        return made;
    }

    /// <summary>A key that was destroyed is not to live on here.</summary>
    public void Forget(Guid affiliate, Guid owner) => _dataKeys.Remove((affiliate, owner));

    /// <summary>Whether the master key opens what it once wrapped, for readiness.</summary>
    public async Task<bool> WorksAsync(CancellationToken cancellationToken)
    {
        try
        {
            var platform = Domain.Common.AffiliateId.Platform.Value;
            await LoadAsync(platform, cancellationToken);
            return true;
        }
        catch (UnreadableException)
        {
            return false;
        }
    }

    public void Dispose() => _dataKeys.Dispose();

    private SealingKey Remember(Guid affiliate, SealingKey key) =>
        _dataKeys.Set((affiliate, key.Id), key, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });

    private async Task<AffiliateKeys> LoadOrMakeAsync(Guid affiliate)
    {
        const string sql = """
            insert into keys.affiliate_keys (affiliate_id, key_id, master_id, wrapped, state, created_at)
            values (@affiliate, @keyId, @masterId, @wrapped, 'active', @now)
            on conflict do nothing
            """;

        if (await LoadAsync(affiliate, CancellationToken.None) is { } keys)
        {
            return keys;
        }

        // Several instances may make one at once: the first is the affiliate's, and all of them read it back.
        var keyId = Guid.CreateVersion7();
        var wrapped = Envelope.Seal(_master.Value, AffiliateKeyPlace(affiliate, keyId), RandomNumberGenerator.GetBytes(32));
        await using var connection = await databases.Keys.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { affiliate, keyId, masterId = options.Value.MasterKeyId, wrapped, now = clock.GetUtcNow() });
        return await LoadAsync(affiliate, CancellationToken.None) ?? throw new InvalidOperationException("The affiliate's key was not stored.");
    }

    private async Task<AffiliateKeys?> LoadAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        const string sql = "select key_id, wrapped from keys.affiliate_keys where affiliate_id = @affiliate and state = 'active'";

        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<(Guid KeyId, byte[]? Wrapped)>(new CommandDefinition(sql, new { affiliate }, cancellationToken: cancellationToken));
        return row.Wrapped is null
            ? null
            : new AffiliateKeys(
                affiliate, [new AffiliateSecret(row.KeyId, Envelope.Open(_master.Value, AffiliateKeyPlace(affiliate, row.KeyId), row.Wrapped), Seals: true)], null, logger);
    }

    private static Place AffiliateKeyPlace(Guid affiliate, Guid keyId) => new(affiliate, "keys.affiliate_keys", "wrapped", keyId);

    private static Place DataKeyPlace(Guid affiliate, Guid owner) => new(affiliate, "keys.data_keys", "wrapped", owner);

    // The envelope has room for sixteen bytes of name; the master key's name in the settings is words.
    private static Guid MasterName(string id) => new(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)).AsSpan(0, 16), bigEndian: true);
}
