using Chat.Application.OffBoarding;
using Chat.Application.Retention;
using Chat.Infrastructure.Jobs;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Startup;

/// <summary>
/// Before anything is served: what the ledger says was purged, and an older copy of the database has brought back, goes again. A database
/// knows up to where the ledger was applied to it, so that only the rest is read, however long the ledger has grown.
/// </summary>
internal sealed class LedgerReplay(Databases databases, PurgeLedger ledger, SystemUseCases useCases, ILogger<LedgerReplay> logger)
{
    private const int MostAtOnce = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        const string sql = "select position from purge_ledger_applied";

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        var position = await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: cancellationToken));
        var again = 0;
        while (await ledger.DoneAfterAsync(position, MostAtOnce, cancellationToken) is { Count: > 0 } entries)
        {
            foreach (var affiliate in entries.Select(entry => entry.Owner).GroupBy(owner => owner.AffiliateId))
            {
                again += await PurgeAsync(affiliate.Key, affiliate.ToLookup(owner => owner.Kind, owner => owner.OwnerId), cancellationToken);
            }

            position = entries[^1].Position;
        }

        if (again > 0)
        {
            logger.PurgedAgain(again);
        }

        await ledger.RememberAppliedAsync(cancellationToken);
    }

    private async Task<bool> IsThereAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from affiliates where id = @affiliate)";

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql, new { affiliate }, cancellationToken: cancellationToken));
    }

    private async Task<int> PurgeAsync(Guid affiliate, ILookup<string, Guid> owners, CancellationToken cancellationToken)
    {
        const string sql = """
            select id from conversations where id = any(@Owners)
            union all
            select id from texters where id = any(@Owners)
            """;

        var again = 0;
        if (owners.Contains(PurgedOwner.Affiliate) && await IsThereAsync(affiliate, cancellationToken))
        {
            while (await useCases.SendAsync(new PurgeAffiliate(new(affiliate)), cancellationToken))
            {
            }

            again = 1;
        }

        var all = owners.SelectMany(kind => kind).ToArray();
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginInAsync(affiliate, cancellationToken);
        var back = (await connection.QueryAsync<Guid>(new CommandDefinition(sql, new { Owners = all }, transaction, cancellationToken: cancellationToken))).ToHashSet();
        await transaction.CommitAsync(cancellationToken);
        foreach (var some in back.Chunk(50))
        {
            await useCases.SendAsync(
                new PurgeAgain(new(affiliate), [.. owners[PurgedOwner.Conversation].Intersect(some)], [.. owners[PurgedOwner.Texter].Intersect(some)]),
                cancellationToken);
        }

        return again + back.Count;
    }
}
