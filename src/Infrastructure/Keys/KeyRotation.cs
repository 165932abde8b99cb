using System.Security.Cryptography;
using Chat.Application.Common;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Infrastructure.Keys;

/// <summary>A key that is on its way in or out.</summary>
internal sealed record MovingKey(Guid AffiliateId, Guid KeyId, string State, bool HasSettled, bool HasHadItsGrace);

/// <summary>
/// Replaces affiliates' keys: pending → active → decrypt_only → destroyed. A new key is known to all instances before one of them seals
/// with it; what the old one sealed is sealed anew in small portions that pass over what others have locked; it is destroyed when nothing
/// is left under it and nobody can still be sealing with it. Each step is its own commit and can be repeated, by any instance.
/// </summary>
internal sealed class KeyRotation(
    Databases databases, IMasterKeys master, Keyring keyring, IOptions<EncryptionOptions> options, ILogger<KeyRotation> logger)
{
    private const int MostKeys = 200;
    private const int MostRows = 50;

    // Between two portions, so that requests find room.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Puts a new key beside the active one; false where one is being replaced already.</summary>
    public async Task<bool> BeginAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        const string turn = "select affiliate_id from keys.affiliate_keys where affiliate_id = @affiliate and state = 'active' for update";
        const string moving = "select exists (select from keys.affiliate_keys where affiliate_id = @affiliate and state in ('pending', 'decrypt_only'))";
        const string active = "select key_id, master_id, wrapped from keys.affiliate_keys where affiliate_id = @affiliate and state = 'active'";
        const string carryOver = """
            insert into keys.lookup_keys (affiliate_id, master_id, wrapped, created_at)
            values (@affiliate, @CurrentId, @wrapped, clock_timestamp())
            on conflict do nothing
            """;
        const string add = """
            insert into keys.affiliate_keys (affiliate_id, key_id, master_id, wrapped, state, created_at, state_since)
            values (@affiliate, @keyId, @CurrentId, @wrapped, 'pending', clock_timestamp(), clock_timestamp())
            """;

        await keyring.OfAsync(affiliate, cancellationToken);
        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(turn, new { affiliate }, transaction);
        if (await connection.ExecuteScalarAsync<bool>(moving, new { affiliate }, transaction))
        {
            return false;
        }

        // What values are looked up by comes from the first key and outlives it.
        var (oldId, oldMaster, oldWrapped) = await connection.QuerySingleAsync<(Guid, string, byte[])>(active, new { affiliate }, transaction);
        var old = new AffiliateSecret(oldId, await master.UnwrapAsync(oldMaster, Keyring.AffiliateKeyPlace(affiliate, oldId), oldWrapped, cancellationToken), Seals: true);
        var lookups = await master.WrapAsync(Keyring.LookupKeyPlace(affiliate), LookupSecret.Of(old).Write(), cancellationToken);
        await connection.ExecuteAsync(carryOver, new { affiliate, master.CurrentId, wrapped = lookups }, transaction);
        var keyId = Guid.CreateVersion7();
        var wrapped = await master.WrapAsync(Keyring.AffiliateKeyPlace(affiliate, keyId), RandomNumberGenerator.GetBytes(32), cancellationToken);
        await connection.ExecuteAsync(add, new { affiliate, keyId, master.CurrentId, wrapped }, transaction);
        await TellAsync(connection, transaction);
        await transaction.CommitAsync(cancellationToken);
        logger.KeyMoved(keyId, affiliate, "pending");
        return true;
    }

    public async Task<IReadOnlyList<MovingKey>> MovingAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            select affiliate_id, key_id, state, state_since < clock_timestamp() - @Settle as has_settled, state_since < clock_timestamp() - @Grace as has_had_its_grace
            from keys.affiliate_keys
            where state in ('pending', 'decrypt_only')
            """;

        var (settle, grace) = (TimeSpan.FromSeconds(options.Value.SettleSeconds), TimeSpan.FromSeconds(options.Value.OldKeyGraceSeconds));
        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<MovingKey>(new CommandDefinition(sql, new { Settle = settle, Grace = grace }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>All instances have heard of the new key: it seals from now on, and the old one only opens.</summary>
    public async Task ActivateAsync(MovingKey key, CancellationToken cancellationToken)
    {
        const string retire = """
            update keys.affiliate_keys
            set state = 'decrypt_only', state_since = clock_timestamp()
            where affiliate_id = @AffiliateId and state = 'active'
                and exists (select from keys.affiliate_keys where affiliate_id = @AffiliateId and key_id = @KeyId and state = 'pending')
            """;
        const string activate = """
            update keys.affiliate_keys
            set state = 'active', state_since = clock_timestamp()
            where affiliate_id = @AffiliateId and key_id = @KeyId and state = 'pending'
            """;

        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(retire, new { key.AffiliateId, key.KeyId }, transaction);
        if (await connection.ExecuteAsync(activate, new { key.AffiliateId, key.KeyId }, transaction) == 1)
        {
            await TellAsync(connection, transaction);
            await transaction.CommitAsync(cancellationToken);
            logger.KeyMoved(key.KeyId, key.AffiliateId, "active");
        }
    }

    /// <summary>Seals anew whatever the old key sealed, as far as nobody else holds it; answers how many values it could not open.</summary>
    public async Task<int> ReplaceAsync(MovingKey old, CancellationToken cancellationToken)
    {
        var keys = await keyring.OfAsync(old.AffiliateId, cancellationToken);
        if (keys.Fields.Current.Id == old.KeyId)
        {
            // We have not heard of the new one yet, and would seal with the old.
            return 0;
        }

        var unreadable = await RewrapDataKeysAsync(old, keys, cancellationToken);
        foreach (var table in SealedColumns.OfAffiliate)
        {
            unreadable += await ResealAsync(table, old, keys, cancellationToken);
        }

        return unreadable + await ResealAnswersAsync(old, keys, cancellationToken);
    }

    /// <summary>Destroys the old key, if nothing is left under it that could still be opened.</summary>
    public async Task<bool> DestroyAsync(MovingKey old, int unreadable, CancellationToken cancellationToken)
    {
        const string sql = """
            update keys.affiliate_keys
            set state = 'destroyed', wrapped = null, state_since = clock_timestamp()
            where affiliate_id = @AffiliateId and key_id = @KeyId and state = 'decrypt_only'
            """;

        if (await CountAsync(old.AffiliateId, old.KeyId, cancellationToken) > unreadable)
        {
            return false;
        }

        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(sql, new { old.AffiliateId, old.KeyId }, transaction) == 1)
        {
            await TellAsync(connection, transaction);
            await transaction.CommitAsync(cancellationToken);
            logger.KeyMoved(old.KeyId, old.AffiliateId, "destroyed");
        }

        return true;
    }

    /// <summary>How many rows and wrapped keys have something under a key.</summary>
    public async Task<long> CountAsync(Guid affiliate, Guid key, CancellationToken cancellationToken)
    {
        const string wrapped = "select count(*) from keys.data_keys where affiliate_id = @affiliate and wrapping_key = @key";
        const string answers = "select count(*) from idempotency_keys where substring(answer from 3 for 16) = @Key";

        long count;
        await using (var store = await databases.Keys.OpenConnectionAsync(cancellationToken))
        {
            count = await store.ExecuteScalarAsync<long>(new CommandDefinition(wrapped, new { affiliate, key }, cancellationToken: cancellationToken));
        }

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginInAsync(affiliate, cancellationToken);
        var parameters = new { Key = NameOf(key) };
        count += await connection.ExecuteScalarAsync<long>(new CommandDefinition(answers, parameters, transaction, cancellationToken: cancellationToken));
        foreach (var table in SealedColumns.OfAffiliate)
        {
            var sql = $"select count(*) from {table.Name} where {table.IsUnderKey}";
            count += await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        }

        return count;
    }

    /// <summary>Wraps the next affiliates' keys with the master key that the settings name, if that is asked for; false where none is left.</summary>
    public async Task<bool> RewrapAsync(CancellationToken cancellationToken)
    {
        const string asked = "select rewrap_to = @CurrentId from keys.changes";
        const string affiliates = """
            select affiliate_id, key_id, master_id, wrapped
            from keys.affiliate_keys
            where master_id <> @CurrentId and state <> 'destroyed'
            limit @MostRows
            for update skip locked
            """;
        const string lookups = """
            select affiliate_id, affiliate_id as key_id, master_id, wrapped
            from keys.lookup_keys
            where master_id <> @CurrentId
            limit @MostRows
            for update skip locked
            """;
        const string writeKey = "update keys.affiliate_keys set master_id = @CurrentId, wrapped = @wrapped where affiliate_id = @AffiliateId and key_id = @KeyId";
        const string writeLookup = "update keys.lookup_keys set master_id = @CurrentId, wrapped = @wrapped where affiliate_id = @AffiliateId";
        const string done = """
            update keys.changes
            set rewrap_to = null, value = value + 1
            where rewrap_to = @CurrentId
                and not exists (select from keys.affiliate_keys where master_id <> @CurrentId and state <> 'destroyed')
                and not exists (select from keys.lookup_keys where master_id <> @CurrentId)
            """;

        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteScalarAsync<bool?>(asked, new { master.CurrentId }, transaction) != true)
        {
            return false;
        }

        var moved = 0;
        foreach (var (read, write, placeOf) in new (string, string, Func<WrappedRow, Place>)[]
            {
                (affiliates, writeKey, row => Keyring.AffiliateKeyPlace(row.AffiliateId, row.KeyId)),
                (lookups, writeLookup, row => Keyring.LookupKeyPlace(row.AffiliateId)),
            })
        {
            foreach (var row in await connection.QueryAsync<WrappedRow>(read, new { master.CurrentId, MostRows }, transaction))
            {
                if (await RewrapAsync(placeOf(row), row, cancellationToken) is { } wrapped)
                {
                    await connection.ExecuteAsync(write, new { master.CurrentId, wrapped, row.AffiliateId, row.KeyId }, transaction);
                    moved++;
                }
            }
        }

        await connection.ExecuteAsync(done, new { master.CurrentId }, transaction);
        await transaction.CommitAsync(cancellationToken);
        return moved > 0;
    }

    // One that does not open stays as it is, and holds up no other.
    private async Task<byte[]?> RewrapAsync(Place place, WrappedRow row, CancellationToken cancellationToken)
    {
        try
        {
            return await master.WrapAsync(place, await master.UnwrapAsync(row.MasterId, place, row.Wrapped, cancellationToken), cancellationToken);
        }
        catch (UnreadableException failure)
        {
            logger.TellUnreadable(place, failure);
            return null;
        }
    }

    private static Task<int> TellAsync(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        connection.ExecuteAsync("update keys.changes set value = value + 1", transaction: transaction);

    private async Task<int> RewrapDataKeysAsync(MovingKey old, AffiliateKeys keys, CancellationToken cancellationToken)
    {
        const string read = """
            select owner_id, wrapped
            from keys.data_keys
            where affiliate_id = @AffiliateId and wrapping_key = @KeyId and owner_id > @after
            order by owner_id
            limit @MostKeys
            for update skip locked
            """;
        const string write = """
            update keys.data_keys k
            set wrapping_key = @Current, wrapped = n.wrapped
            from unnest(@Owners, @Wrapped) as n (owner_id, wrapped)
            where k.affiliate_id = @AffiliateId and k.owner_id = n.owner_id
            """;

        var (unreadable, after) = (0, Guid.Empty);
        while (true)
        {
            await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var rows = (await connection.QueryAsync<(Guid Owner, byte[] Wrapped)>(
                new CommandDefinition(read, new { old.AffiliateId, old.KeyId, after, MostKeys }, transaction, cancellationToken: cancellationToken))).AsList();
            if (rows.Count == 0)
            {
                return unreadable;
            }

            var anew = new List<(Guid Owner, byte[] Wrapped)>(rows.Count);
            foreach (var (owner, wrapped) in rows)
            {
                if (Reseal(keys.DataKeys, Keyring.DataKeyPlace(old.AffiliateId, owner), wrapped) is { } sealedAnew)
                {
                    anew.Add((owner, sealedAnew));
                }
                else
                {
                    unreadable++;
                }
            }

            await connection.ExecuteAsync(
                write,
                new
                {
                    old.AffiliateId, Current = keys.DataKeys.Current.Id, Owners = anew.Select(row => row.Owner).ToArray(), Wrapped = anew.Select(row => row.Wrapped).ToArray(),
                },
                transaction);
            await transaction.CommitAsync(cancellationToken);
            after = rows[^1].Owner;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    // Row by row, each value in its own place.
    private async Task<int> ResealAsync(SealedTable table, MovingKey old, AffiliateKeys keys, CancellationToken cancellationToken)
    {
        var read = $"""
            select {table.Row} as row, array[{string.Join(", ", table.Columns)}] as values
            from {table.Name}
            where {table.IsUnderKey} and {table.Row} > @after
            order by {table.Row}
            limit @MostRows
            for no key update skip locked
            """;
        var write = $"""
            update {table.Name}
            set {string.Join(", ", table.Columns.Select((column, index) => $"{column} = (@values)[{index + 1}]"))}
            where {table.Row} = @row
            """;

        var (unreadable, after, name) = (0, Guid.Empty, NameOf(old.KeyId));
        while (true)
        {
            await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginInAsync(old.AffiliateId, cancellationToken);
            var rows = (await connection.QueryAsync<(Guid Row, byte[]?[] Values)>(
                new CommandDefinition(read, new { Key = name, after, MostRows }, transaction, cancellationToken: cancellationToken))).AsList();
            if (rows.Count == 0)
            {
                return unreadable;
            }

            foreach (var (row, values) in rows)
            {
                var damaged = false;
                for (var index = 0; index < values.Length; index++)
                {
                    if (values[index] is { Length: >= 18 } value && value.AsSpan(2, 16).SequenceEqual(name))
                    {
                        var sealedAnew = Reseal(keys.Fields, new(old.AffiliateId, table.Name, table.Columns[index], row), value);
                        damaged |= sealedAnew is null;
                        values[index] = sealedAnew ?? value;
                    }
                }

                unreadable += damaged ? 1 : 0;
                await connection.ExecuteAsync(write, new { row, values }, transaction);
            }

            await transaction.CommitAsync(cancellationToken);
            after = rows[^1].Row;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<int> ResealAnswersAsync(MovingKey old, AffiliateKeys keys, CancellationToken cancellationToken)
    {
        const string read = """
            select caller_id, route, key_hash, answer
            from idempotency_keys
            where substring(answer from 3 for 16) = @Key and key_hash > @after
            order by key_hash
            limit @MostRows
            for update skip locked
            """;
        const string write = "update idempotency_keys set answer = @answer where caller_id = @CallerId and route = @Route and key_hash = @KeyHash";

        var (unreadable, after) = (0, Array.Empty<byte>());
        while (true)
        {
            await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var rows = (await connection.QueryAsync<AnswerRow>(
                new CommandDefinition(read, new { Key = NameOf(old.KeyId), after, MostRows }, transaction, cancellationToken: cancellationToken))).AsList();
            if (rows.Count == 0)
            {
                return unreadable;
            }

            foreach (var row in rows)
            {
                if (Reseal(keys.Fields, AnswersGiven.PlaceOf(old.AffiliateId, row.KeyHash), row.Answer) is { } answer)
                {
                    await connection.ExecuteAsync(write, new { answer, row.CallerId, row.Route, row.KeyHash }, transaction);
                }
                else
                {
                    unreadable++;
                }
            }

            await transaction.CommitAsync(cancellationToken);
            after = rows[^1].KeyHash;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private byte[]? Reseal(SealingKeys keys, Place place, byte[] value)
    {
        try
        {
            return keys.Seal(place, keys.Open(place, value));
        }
        catch (UnreadableException failure)
        {
            logger.TellUnreadable(place, failure);
            return null;
        }
    }

    // As envelopes write it.
    private static byte[] NameOf(Guid key) => key.ToByteArray(bigEndian: true);

    private sealed record WrappedRow(Guid AffiliateId, Guid KeyId, string MasterId, byte[] Wrapped);

    private sealed record AnswerRow(Guid CallerId, string Route, byte[] KeyHash, byte[] Answer);
}
