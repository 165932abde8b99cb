using Chat.Infrastructure.Persistence;
using Dapper;

namespace Chat.Infrastructure.Keys;

/// <summary>What an entry of the ledger is about. A purge is put there before the first row goes, and counts as done when the key has gone too.</summary>
internal sealed record PurgedOwner(Guid AffiliateId, Guid OwnerId, string Kind)
{
    public const string Conversation = "conversation";
    public const string Texter = "texter";
    public const string Affiliate = "affiliate";
}

/// <summary>
/// What was purged, in the key store: a restored copy of the main database lacks it. An entry is made while the rows are locked, and is
/// done once they are gone and the key is destroyed. So a process may die between any two steps: rows that are still there were not
/// purged and the entry is withdrawn, rows that are gone take their key with them.
/// </summary>
internal sealed class PurgeLedger(Databases databases, Keyring keyring)
{
    public async Task BeginAsync(
        Guid affiliate, IReadOnlyCollection<Guid> conversations, IReadOnlyCollection<Guid> texters, string cause, Guid? causeId, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into keys.purge_ledger (affiliate_id, owner_id, kind, cause, cause_id, begun_at)
            select @affiliate, owner, kind, @cause, @causeId, clock_timestamp()
            from unnest(@Owners, @Kinds) as new (owner, kind)
            on conflict (affiliate_id, owner_id) do update
            set cause = excluded.cause, cause_id = excluded.cause_id, begun_at = excluded.begun_at, done_at = null
            """;

        var owners = conversations.Concat(texters).ToArray();
        var kinds = Enumerable.Repeat(PurgedOwner.Conversation, conversations.Count).Concat(Enumerable.Repeat(PurgedOwner.Texter, texters.Count)).ToArray();
        await ExecuteAsync(sql, new { affiliate, Owners = owners, Kinds = kinds, cause, causeId }, cancellationToken);
    }

    /// <summary>Their rows are gone: their keys go, and the entries are done.</summary>
    public async Task FinishAsync(Guid affiliate, IReadOnlyCollection<Guid> owners, CancellationToken cancellationToken)
    {
        const string sql = """
            with destroyed as (
                delete from keys.data_keys
                where affiliate_id = @affiliate and owner_id = any(@Owners)
            )
            update keys.purge_ledger
            set done_at = clock_timestamp()
            where affiliate_id = @affiliate and owner_id = any(@Owners) and done_at is null
            """;

        await ExecuteAsync(sql, new { affiliate, Owners = owners.ToArray() }, cancellationToken);
        foreach (var owner in owners)
        {
            keyring.Forget(affiliate, owner);
        }
    }

    /// <summary>Their rows are still there: whoever began has given up.</summary>
    public Task WithdrawAsync(Guid affiliate, IReadOnlyCollection<Guid> owners, CancellationToken cancellationToken)
    {
        const string sql = "delete from keys.purge_ledger where affiliate_id = @affiliate and owner_id = any(@Owners) and done_at is null";

        return ExecuteAsync(sql, new { affiliate, Owners = owners.ToArray() }, cancellationToken);
    }

    /// <summary>An affiliate goes as a whole: one entry stands for all that it had.</summary>
    public Task BeginAffiliateAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into keys.purge_ledger (affiliate_id, owner_id, kind, cause, begun_at)
            values (@affiliate, @affiliate, 'affiliate', 'off_boarding', clock_timestamp())
            on conflict do nothing
            """;

        return ExecuteAsync(sql, new { affiliate }, cancellationToken);
    }

    /// <summary>All its rows are gone: all its keys go. Answers how many there were; none, where that had been done before.</summary>
    public async Task<long> FinishAffiliateAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        const string sql = """
            with wrapped as (
                delete from keys.data_keys where affiliate_id = @affiliate returning 1
            ),
            lookups as (
                delete from keys.lookup_keys where affiliate_id = @affiliate
            ),
            own as (
                update keys.affiliate_keys
                set state = 'destroyed', wrapped = null, state_since = clock_timestamp()
                where affiliate_id = @affiliate and state <> 'destroyed'
                returning 1
            ),
            told as (
                update keys.changes set value = value + 1
            ),
            done as (
                update keys.purge_ledger
                set done_at = clock_timestamp()
                where affiliate_id = @affiliate and owner_id = @affiliate and done_at is null
            )
            select (select count(*) from wrapped) + (select count(*) from own)
            """;

        var keys = (await ListAsync<long>(sql, new { affiliate }, cancellationToken))[0];
        keyring.ForgetAll();
        return keys;
    }

    public async Task<IReadOnlyList<PurgedOwner>> UnderWayAsync(int most, CancellationToken cancellationToken)
    {
        const string sql = "select affiliate_id, owner_id, kind from keys.purge_ledger where done_at is null and kind <> 'affiliate' order by begun_at limit @most";

        return await ListAsync<PurgedOwner>(sql, new { most }, cancellationToken);
    }

    /// <summary>The next entries that are done, in the order in which they were begun.</summary>
    public async Task<IReadOnlyList<(long Position, PurgedOwner Owner)>> DoneAfterAsync(long position, int most, CancellationToken cancellationToken)
    {
        const string sql = """
            select position, affiliate_id, owner_id, kind
            from keys.purge_ledger
            where position > @position and done_at is not null
            order by position
            limit @most
            """;

        var rows = await ListAsync<(long Position, Guid Affiliate, Guid Owner, string Kind)>(sql, new { position, most }, cancellationToken);
        return [.. rows.Select(row => (row.Position, new PurgedOwner(row.Affiliate, row.Owner, row.Kind)))];
    }

    /// <summary>
    /// Up to where everything is done and nothing can come in between any more. Places are given out before their entries are committed,
    /// so the last hour is left out: whatever is read again does no harm.
    /// </summary>
    private async Task<long> SettledUpToAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            select coalesce(max(position), 0)
            from keys.purge_ledger
            where begun_at < clock_timestamp() - interval '1 hour'
                and position < coalesce((select min(position) from keys.purge_ledger where done_at is null), 9223372036854775807)
            """;

        return (await ListAsync<long>(sql, new { }, cancellationToken))[0];
    }

    /// <summary>Has the main database know up to where the ledger has been applied to it.</summary>
    public async Task RememberAppliedAsync(CancellationToken cancellationToken)
    {
        const string sql = "update purge_ledger_applied set position = @position where position < @position";

        var position = await SettledUpToAsync(cancellationToken);
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { position }, cancellationToken: cancellationToken));
    }

    /// <summary>Those of whom keys were destroyed lately, whichever instance did it.</summary>
    public async Task<IReadOnlyList<PurgedOwner>> DestroyedLatelyAsync(TimeSpan lately, CancellationToken cancellationToken)
    {
        const string sql = "select affiliate_id, owner_id, kind from keys.purge_ledger where done_at > clock_timestamp() - @lately";

        return await ListAsync<PurgedOwner>(sql, new { lately }, cancellationToken);
    }

    /// <summary>Since when all of an erasure's entries are done, for those of which none is left to do.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> CompletedAsync(IReadOnlyCollection<Guid> causes, CancellationToken cancellationToken)
    {
        const string sql = """
            select cause_id, max(done_at)
            from keys.purge_ledger
            where cause_id = any(@Causes)
            group by cause_id
            having bool_and(done_at is not null)
            """;

        return (await ListAsync<(Guid Cause, DateTimeOffset At)>(sql, new { Causes = causes.ToArray() }, cancellationToken)).ToDictionary(row => row.Cause, row => row.At);
    }

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await databases.Keys.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();
    }
}
