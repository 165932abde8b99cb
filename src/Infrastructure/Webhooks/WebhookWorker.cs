using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Webhooks;
using Chat.Infrastructure.Jobs;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;
using Dapper;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Webhooks;

/// <summary>
/// Tells partners' webhooks what has happened. A delivery is claimed for a minute, by one of any number of instances, and no transaction
/// is held while a receiver thinks; a crash in between lets it be told again, and receivers know it by its id. Each webhook is a lane of
/// its own: one whose last call went well is called several times at once, any other once at a time, and all those others together
/// leave some of the room. So a receiver that hangs is waited for in its own lane only. There is room for many that hang, for to wait for one
/// takes a connection to it and nothing of the database.
/// </summary>
internal sealed class WebhookWorker(
    Databases databases, SystemUseCases useCases, IWebhookSender sender, Wake wake, TimeProvider clock,
    [FromKeyedServices(Time.Clocks.Real)] TimeProvider realClock, ILogger<WebhookWorker> logger)
    : BackgroundService
{
    private const int MostAtOnce = 512;
    private const int MostNarrow = 448;
    private const int MostAtTheDatabase = 16;
    private const int MostOfALane = 8;
    private const int MostClaimedOfALane = 4;
    private static readonly TimeSpan WhenIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(1);

    // Under load what happened in a few milliseconds is claimed at once, and the texters' commits keep the disk.
    private static readonly TimeSpan ToGather = TimeSpan.FromMilliseconds(20);

    // A receiver that takes longer holds up its own lane, and would hold up many times as much if it were called many times at once.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);

    // Many that hang are given up at once, and what they leave to write must not take the connections from everybody else.
    private readonly SemaphoreSlim _database = new(MostAtTheDatabase);
    private readonly ConcurrentDictionary<Guid, int> _underWay = new();
    private readonly ConcurrentDictionary<Guid, bool> _prompt = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>What has been handed over is seen through before the process ends: its answer is worth waiting for, and it has a time-out of its own.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _database.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Where nobody wants to be told of anything, what happens wakes nobody.
                if (!await AnyLaneAsync(stoppingToken))
                {
                    await Task.Delay(WhenIdle, stoppingToken);
                    continue;
                }

                while (await ClaimAsync(wide: true, stoppingToken) + await ClaimAsync(wide: false, stoppingToken) > 0)
                {
                }

                await Task.Delay(ToGather, stoppingToken);
                await wake.Webhooks.WaitAsync(WhenIdle, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.WebhooksFailed(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    private async Task<bool> AnyLaneAsync(CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from webhook_lanes)";

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(sql, cancellationToken: cancellationToken));
    }

    /// <param name="wide">Among the lanes of receivers that have answered promptly, or among the others.</param>
    private async Task<int> ClaimAsync(bool wide, CancellationToken cancellationToken)
    {
        // Claims are a matter of processes and keep real time. In no order of lanes, so that none is always last.
        const string sql = """
            update webhook_deliveries d
            set claimed_until = clock_timestamp() + @Claimed
            from (
                select l.affiliate_id, w.id
                from (
                    select webhook_id, affiliate_id
                    from webhook_lanes
                    where (webhook_id = any(@Prompt)) = @wide and webhook_id <> all(@Full)
                    order by random()
                ) l
                join affiliates a on a.id = l.affiliate_id and a.status = 'active'
                cross join lateral (
                    select v.id
                    from webhook_deliveries v
                    where v.webhook_id = l.webhook_id and v.affiliate_id = l.affiliate_id and v.status = 'waiting' and v.due_at <= @Now
                        and (v.claimed_until is null or v.claimed_until < clock_timestamp())
                    order by v.due_at
                    limit @OfALane
                    for update skip locked
                ) w
                limit @Most
            ) c
            where d.affiliate_id = c.affiliate_id and d.id = c.id
            returning d.affiliate_id, d.id, d.webhook_id
            """;

        var prompt = _prompt.Keys.ToArray();
        var under = _underWay.ToArray();
        var free = MostAtOnce - under.Sum(lane => lane.Value);
        var most = wide ? free : Math.Min(free, MostNarrow - under.Where(lane => !_prompt.ContainsKey(lane.Key)).Sum(lane => lane.Value));
        if (most <= 0)
        {
            return 0;
        }

        var ofALane = wide ? MostClaimedOfALane : 1;
        var full = under.Where(lane => lane.Value > (wide ? MostOfALane - ofALane : 0)).Select(lane => lane.Key).ToArray();
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        var claimed = (await connection.QueryAsync<Due>(
            new CommandDefinition(
                sql, new { Claimed, wide, Prompt = prompt, Full = full, Now = clock.GetUtcNow(), OfALane = ofALane, Most = most },
                cancellationToken: cancellationToken))).AsList();
        foreach (var due in claimed)
        {
            _underWay.AddOrUpdate(due.WebhookId, 1, (_, count) => count + 1);
            var telling = Task.Run(() => TellAsync(due), CancellationToken.None);
            _running[telling] = true;
            _ = telling.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
        }

        return claimed.Count;
    }

    private async Task TellAsync(Due due)
    {
        try
        {
            if (await ActAsync(new PrepareWebhookDelivery(new(due.AffiliateId), due.Id)) is { } call)
            {
                var began = Stopwatch.GetTimestamp();
                var answer = await sender.CallAsync(
                    call.Target, call.EventId.ToString(), call.Type, call.Json, realClock.GetUtcNow(), CancellationToken.None);
                await RecordAsync(due, answer, Stopwatch.GetElapsedTime(began));
            }
        }
        catch (Exception failure)
        {
            logger.WebhookFailed(due.Id, failure.Kind());
            await PutAsideAsync(due, failure);
        }
        finally
        {
            _underWay.AddOrUpdate(due.WebhookId, 0, (_, count) => count - 1);
            _underWay.TryRemove(new(due.WebhookId, 0));
            wake.Webhooks.Set();
        }
    }

    // What goes wrong here is tried again like what goes wrong out there, and is given up in the end.
    private async Task PutAsideAsync(Due due, Exception failure)
    {
        try
        {
            await RecordAsync(due, new WebhookAnswer(null, failure is UnreadableException ? "webhook.unreadable" : "internal"), TimeSpan.Zero);
        }
        catch (Exception again)
        {
            // The claim runs out by itself, and the delivery is taken up again.
            logger.WebhookFailed(due.Id, again.Kind());
        }
    }

    private async Task RecordAsync(Due due, WebhookAnswer answer, TimeSpan took)
    {
        if (answer.Taken && took < Prompt)
        {
            _prompt[due.WebhookId] = true;
        }
        else
        {
            _prompt.TryRemove(due.WebhookId, out _);
        }

        Figures.WebhookCalls.Add(1, new KeyValuePair<string, object?>("result", answer.Taken ? "taken" : "failed"));
        if (await ActAsync(new RecordWebhookDelivery(new(due.AffiliateId), due.Id, answer, took)) is { } wrong)
        {
            await ActAsync(new DisableWebhook(new(due.AffiliateId), wrong.Id, wrong.Fault));
        }
    }

    private async Task<TResponse> ActAsync<TResponse>(IRequest<TResponse> useCase)
    {
        await _database.WaitAsync();
        try
        {
            return await useCases.SendAsync(useCase, CancellationToken.None);
        }
        finally
        {
            _database.Release();
        }
    }

    private sealed record Due(Guid AffiliateId, Guid Id, Guid WebhookId);
}
