using System.Collections.Concurrent;
using System.Security.Cryptography;
using Chat.Application.Common;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Keys;

/// <summary>
/// All keys: the master key wraps one key for each affiliate, which wraps one for each conversation and texter. The wrapped ones stand in
/// the key store; unwrapped they live in this process's memory only. A key is committed before the first row that needs it: one that was
/// never used is harmless, a row without its key is lost.
/// </summary>
internal sealed class Keyring(Databases databases, IMasterKeys master, TimeProvider clock, ILogger<Keyring> logger) : IDisposable
{
    private const int MostDataKeys = 100_000;

    // Whoever has not heard of the key store for this long asks it each time: it may be sealing with a key that is about to go.
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Guid, Task<AffiliateKeys>> _affiliates = new();
    private readonly MemoryCache _dataKeys = new(new MemoryCacheOptions { SizeLimit = MostDataKeys });
    private readonly ConcurrentDictionary<Guid, byte[]> _damaged = new();
    private long _confirmedAt = Environment.TickCount64;
    private long _changes = -1;

    /// <summary>The keys of an affiliate; made at its first use.</summary>
    public async ValueTask<AffiliateKeys> OfAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        if (_affiliates.TryGetValue(affiliate, out var known) && known.IsCompletedSuccessfully)
        {
            if (Environment.TickCount64 - Volatile.Read(ref _confirmedAt) < Trusted.TotalMilliseconds)
            {
                return known.Result;
            }

            _affiliates.TryRemove(new(affiliate, known));
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
        var rows = (await connection.QueryAsync<(Guid Owner, byte[] Wrapped)>(new CommandDefinition(sql, new { affiliate, missing }, cancellationToken: cancellationToken))).AsList();
        if (rows.Exists(row => !keys.DataKeys.Knows(row.Wrapped)))
        {
            // Wrapped anew by an instance that knows of a key of which we have not heard yet.
            _affiliates.TryRemove(affiliate, out _);
            keys = await OfAsync(affiliate, cancellationToken);
        }

        foreach (var (owner, wrapped) in rows)
        {
            if (OpenOrNull(keys, owner, wrapped) is { } key)
            {
                found[owner] = Remember(affiliate, key);
            }
        }

        return found;
    }

    /// <summary>Makes keys for new owners and commits them in one statement. Who has been given one meanwhile keeps that.</summary>
    public async Task<IReadOnlyDictionary<Guid, SealingKey>> MakeDataKeysAsync(Guid affiliate, IReadOnlyCollection<Guid> owners, CancellationToken cancellationToken)
    {
        // What was found damaged makes room, and nothing else does: what is said now must not be lost with it.
        const string sql = """
            insert into keys.data_keys as known (affiliate_id, owner_id, wrapping_key, wrapped, created_at)
            select @affiliate, owner, @wrappingKey, wrapped, @now
            from unnest(@owners, @wrapped) as new (owner, wrapped)
            on conflict (affiliate_id, owner_id) do update
            set wrapping_key = excluded.wrapping_key, wrapped = excluded.wrapped, created_at = excluded.created_at
            where known.wrapped = any(@damaged)
            returning owner_id
            """;

        var keys = await OfAsync(affiliate, cancellationToken);
        var made = owners.Distinct().ToDictionary(owner => owner, owner => new SealingKey(owner, RandomNumberGenerator.GetBytes(32)));
        var wrapped = made.Values.Select(key => keys.DataKeys.Seal(DataKeyPlace(affiliate, key.Id), key.Bytes)).ToArray();
        var damaged = made.Keys.Select(owner => _damaged.GetValueOrDefault(owner)).OfType<byte[]>().ToArray();
        List<Guid> stored;
        await using (var connection = await databases.Keys.OpenConnectionAsync(cancellationToken))
        {
            stored = (await connection.QueryAsync<Guid>(
                new CommandDefinition(
                    sql, new { affiliate, wrappingKey = keys.DataKeys.Current.Id, now = clock.GetUtcNow(), owners = made.Keys.ToArray(), wrapped, damaged },
                    cancellationToken: cancellationToken))).AsList();
        }

        foreach (var owner in stored)
        {
            _damaged.TryRemove(owner, out _);
            Remember(affiliate, made[owner]);
        }

        if (stored.Count == made.Count)
        {
            return made;
        }

        var known = await DataKeysAsync(affiliate, [.. made.Keys], cancellationToken);
        return known.Count == made.Count ? known : throw new UnreadableException("A key is there and cannot be opened.");
    }

    /// <summary>A key that was destroyed is not to live on here.</summary>
    public void Forget(Guid affiliate, Guid owner) => _dataKeys.Remove((affiliate, owner));

    /// <summary>An affiliate has gone with all its keys; what is kept of others is read again when it is needed.</summary>
    public void ForgetAll()
    {
        _affiliates.Clear();
        _dataKeys.Compact(1);
    }

    /// <summary>Hears how often affiliates' keys have changed: where that is more than before, they are read again.</summary>
    public async Task HearOfChangesAsync(CancellationToken cancellationToken)
    {
        const string sql = "select value from keys.changes";

        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        var (heardAt, changes) = (Environment.TickCount64, await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: cancellationToken)));
        if (Interlocked.Exchange(ref _changes, changes) != changes)
        {
            _affiliates.Clear();
        }

        Volatile.Write(ref _confirmedAt, heardAt);
    }

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

    public static Place AffiliateKeyPlace(Guid affiliate, Guid keyId) => new(affiliate, "keys.affiliate_keys", "wrapped", keyId);

    public static Place LookupKeyPlace(Guid affiliate) => new(affiliate, "keys.lookup_keys", "wrapped", affiliate);

    public static Place DataKeyPlace(Guid affiliate, Guid owner) => new(affiliate, "keys.data_keys", "wrapped", owner);

    // A damaged key is as good as none: what it sealed is shown as unreadable, and the rest is there.
    private SealingKey? OpenOrNull(AffiliateKeys keys, Guid owner, byte[] wrapped)
    {
        var place = DataKeyPlace(keys.Affiliate, owner);
        try
        {
            return new SealingKey(owner, keys.DataKeys.Open(place, wrapped));
        }
        catch (UnreadableException failure)
        {
            logger.TellUnreadable(place, failure);
            if (keys.DataKeys.Knows(wrapped))
            {
                _damaged[owner] = wrapped;
            }

            return null;
        }
    }

    private SealingKey Remember(Guid affiliate, SealingKey key) =>
        _dataKeys.Set((affiliate, key.Id), key, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });

    private async Task<AffiliateKeys> LoadOrMakeAsync(Guid affiliate)
    {
        // Whose keys were destroyed gets no new ones.
        const string sql = """
            insert into keys.affiliate_keys (affiliate_id, key_id, master_id, wrapped, state, created_at, state_since)
            select @affiliate, @keyId, @CurrentId, @wrapped, 'active', @now, @now
            where not exists (select from keys.affiliate_keys where affiliate_id = @affiliate)
            on conflict do nothing
            """;

        if (await LoadAsync(affiliate, CancellationToken.None) is { } keys)
        {
            return keys;
        }

        // Several instances may make one at once: the first is the affiliate's, and all of them read it back.
        var keyId = Guid.CreateVersion7();
        var wrapped = await master.WrapAsync(AffiliateKeyPlace(affiliate, keyId), RandomNumberGenerator.GetBytes(32), CancellationToken.None);
        await using var connection = await databases.Keys.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, new { affiliate, keyId, master.CurrentId, wrapped, now = clock.GetUtcNow() });
        return await LoadAsync(affiliate, CancellationToken.None) ?? throw new UnreadableException("The affiliate's keys were destroyed.");
    }

    private async Task<AffiliateKeys?> LoadAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        const string sql = """
            select key_id, master_id, wrapped, state = 'active' as seals
            from keys.affiliate_keys
            where affiliate_id = @affiliate and state <> 'destroyed'
            """;
        const string lookups = "select master_id, wrapped from keys.lookup_keys where affiliate_id = @affiliate";

        IReadOnlyList<KeyRow> rows;
        LookupRow? carriedOver;
        await using (var connection = await databases.Keys.OpenConnectionAsync(cancellationToken))
        {
            rows = (await connection.QueryAsync<KeyRow>(new CommandDefinition(sql, new { affiliate }, cancellationToken: cancellationToken))).AsList();
            carriedOver = await connection.QuerySingleOrDefaultAsync<LookupRow>(new CommandDefinition(lookups, new { affiliate }, cancellationToken: cancellationToken));
        }

        if (!rows.Any(row => row.Seals))
        {
            return null;
        }

        var secrets = new List<AffiliateSecret>(rows.Count);
        foreach (var row in rows)
        {
            secrets.Add(new(row.KeyId, await master.UnwrapAsync(row.MasterId, AffiliateKeyPlace(affiliate, row.KeyId), row.Wrapped, cancellationToken), row.Seals));
        }

        return new AffiliateKeys(
            affiliate, secrets,
            carriedOver is null ? null : LookupSecret.Read(await master.UnwrapAsync(carriedOver.MasterId, LookupKeyPlace(affiliate), carriedOver.Wrapped, cancellationToken)),
            logger);
    }

    private sealed record KeyRow(Guid KeyId, string MasterId, byte[] Wrapped, bool Seals);

    private sealed record LookupRow(string MasterId, byte[] Wrapped);
}
