using Chat.Application.OffBoarding;
using Chat.Application.Retention;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Jobs;

/// <summary>
/// Purges what has had its time, a bounded number at once, and destroys the keys of what is gone. Any number of instances look; rows that
/// another has locked are passed over, and what a dead process has begun is settled by whoever comes next.
/// </summary>
internal sealed class PurgeWorker(
    Databases databases, PurgeLedger ledger, SystemUseCases useCases, Wake wake, TimeProvider clock, ILogger<PurgeWorker> logger) : BackgroundService
{
    private const int MostAtOnce = 50;
    private const int MostTextersLookedAt = 2_000;
    private const int MostSettled = 500;
    private static readonly TimeSpan WhenIdle = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenLooksAtTexters = TimeSpan.FromHours(1);

    private DateTimeOffset _textersLookedAt = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PassAsync(stoppingToken);
                await wake.Purges.WaitAsync(WhenIdle, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.PurgeFailed(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    internal async Task PassAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var looksAtTexters = now - _textersLookedAt >= BetweenLooksAtTexters;
        foreach (var affiliate in await AffiliatesAsync(cancellationToken))
        {
            await TryAsync(affiliate, PurgeAsync, cancellationToken);
        }

        await OffBoardAsync(cancellationToken);
        _textersLookedAt = looksAtTexters ? now : _textersLookedAt;
        await ledger.RememberAppliedAsync(cancellationToken);

        async Task PurgeAsync(Guid affiliate, CancellationToken stopped)
        {
            await PurgeConversationsAsync(affiliate, now, stopped);
            if (looksAtTexters)
            {
                await PurgeTextersAsync(affiliate, now, stopped);
            }
        }
    }

    // What one affiliate cannot have purged holds up nobody else's.
    private async Task TryAsync(Guid affiliate, Func<Guid, CancellationToken, Task> purge, CancellationToken cancellationToken)
    {
        try
        {
            await purge(affiliate, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.PurgeFailed(failure.Kind());
        }
    }

    // Each step can be taken again: what is gone stays gone, and the keys go last.
    private async Task OffBoardAsync(CancellationToken cancellationToken)
    {
        const string sql = "select affiliate_id from off_boardings where confirmed_at is not null and completed_at is null";

        IReadOnlyList<Guid> leaving;
        await using (var connection = await databases.Chat.OpenConnectionAsync(cancellationToken))
        {
            leaving = (await connection.QueryAsync<Guid>(new CommandDefinition(sql, cancellationToken: cancellationToken))).AsList();
        }

        foreach (var affiliate in leaving)
        {
            await TryAsync(affiliate, OffBoardAsync, cancellationToken);
        }
    }

    private async Task OffBoardAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        await ledger.BeginAffiliateAsync(affiliate, cancellationToken);
        while (await useCases.SendAsync(new PurgeAffiliate(new(affiliate)), cancellationToken))
        {
        }

        var keys = await ledger.FinishAffiliateAsync(affiliate, cancellationToken);
        await useCases.SendAsync(new CompleteOffBoarding(new(affiliate), keys), cancellationToken);
    }

    // What was begun is looked at again: whose rows are gone, their keys go; whose rows are there and locked by nobody, nothing came of it.
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PurgedOwner> underWay;
        do
        {
            underWay = await ledger.UnderWayAsync(MostSettled, cancellationToken);
            var settled = 0;
            foreach (var affiliate in underWay.GroupBy(owner => owner.AffiliateId))
            {
                settled += await SettleAsync(affiliate.Key, [.. affiliate], cancellationToken);
            }

            if (settled == 0)
            {
                return;
            }
        }
        while (underWay.Count == MostSettled);
    }

    private async Task<int> SettleAsync(Guid affiliate, IReadOnlyList<PurgedOwner> owners, CancellationToken cancellationToken)
    {
        const string there = """
            select id from conversations where id = any(@Owners)
            union all
            select id from texters where id = any(@Owners)
            """;
        const string free = "select id from conversations where id = any(@There) for update skip locked";
        const string freeTexters = "select id from texters where id = any(@There) for update skip locked";

        var ids = owners.Select(owner => owner.OwnerId).ToArray();
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginInAsync(affiliate, cancellationToken);
        var stay = (await connection.QueryAsync<Guid>(there, new { Owners = ids }, transaction)).ToArray();
        var unlocked = (await connection.QueryAsync<Guid>(free, new { There = stay }, transaction))
            .Concat(await connection.QueryAsync<Guid>(freeTexters, new { There = stay }, transaction)).ToArray();
        var gone = ids.Except(stay).ToArray();
        if (unlocked.Length > 0)
        {
            await ledger.WithdrawAsync(affiliate, unlocked, cancellationToken);
        }

        if (gone.Length > 0)
        {
            await ledger.FinishAsync(affiliate, gone, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return gone.Length + unlocked.Length;
    }

    private async Task PurgeConversationsAsync(Guid affiliate, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            select c.id
            from conversations c
            where c.state in ('closed', 'expired', 'failed')
                and c.closed_at < @now - make_interval(days => (select a.data_retention_days from affiliates a where a.id = @affiliate))
                and not exists (select from legal_holds h where h.conversation_id = c.id)
            order by c.closed_at
            limit @MostAtOnce
            """;

        while (await LookAsync<Guid>(affiliate, sql, new { affiliate, now, MostAtOnce }, cancellationToken) is { Count: > 0 } due)
        {
            // Nothing: another instance is at the same ones.
            if (await useCases.SendAsync(new PurgeWhatIsDue(new(affiliate), due, []), cancellationToken) == 0)
            {
                return;
            }

            await SettleAsync(cancellationToken);
        }
    }

    private async Task PurgeTextersAsync(Guid affiliate, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            select t.id, not exists (select from conversations c where c.texter_id = t.id)
                and t.created_at < @now - make_interval(days => (select a.data_retention_days from affiliates a where a.id = @affiliate))
                and not exists (
                    select from texter_blocks b
                    where b.texter_id = t.id and b.ended_at is null and (b.until is null or b.until > @now)) as is_alone
            from texters t
            where @after::uuid is null or t.id > @after
            order by t.id
            limit @MostTextersLookedAt
            """;

        Guid? after = null;
        IReadOnlyList<(Guid Id, bool IsAlone)> looked;
        do
        {
            looked = await LookAsync<(Guid Id, bool IsAlone)>(affiliate, sql, new { affiliate, now, after, MostTextersLookedAt }, cancellationToken);
            foreach (var alone in looked.Where(texter => texter.IsAlone).Select(texter => texter.Id).Chunk(MostAtOnce))
            {
                await useCases.SendAsync(new PurgeWhatIsDue(new(affiliate), [], alone), cancellationToken);
                await SettleAsync(cancellationToken);
            }

            after = looked.Count > 0 ? looked[^1].Id : after;
        }
        while (looked.Count == MostTextersLookedAt);
    }

    private async Task<IReadOnlyList<Guid>> AffiliatesAsync(CancellationToken cancellationToken)
    {
        const string sql = "select id from affiliates";

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(new CommandDefinition(sql, cancellationToken: cancellationToken))).AsList();
    }

    private async Task<IReadOnlyList<T>> LookAsync<T>(Guid affiliate, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginInAsync(affiliate, cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken))).AsList();
    }
}
