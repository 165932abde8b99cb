using System.Collections.Concurrent;
using Chat.Application.Common;
using Chat.Application.Delivery;
using Chat.Application.Ports;
using Chat.Infrastructure.Jobs;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Delivery;

/// <summary>
/// Hands messages that are due to their providers, a conversation's in their order. A message is claimed for a minute and no
/// transaction is held while a provider thinks; a crash in between lets it be sent again, for a text that comes twice is better than
/// one that never comes. A channel whose provider hangs takes up only its own share.
/// </summary>
internal sealed class DeliveryWorker(
    Databases databases, SystemUseCases useCases, IEnumerable<IChannelAdapter> adapters, Wake wake, TimeProvider clock, ILogger<DeliveryWorker> logger)
    : BackgroundService
{
    private const int MostAtOnce = 64;
    private const int MostOfAChannel = 8;
    private static readonly TimeSpan WhenIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, int> _underWay = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly Dictionary<Domain.Channels.Provider, IChannelAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Provider);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wake.Deliveries.WaitAsync(WhenIdle, stoppingToken);
                while (await ClaimAsync(stoppingToken) is { Count: > 0 } claimed)
                {
                    foreach (var due in claimed)
                    {
                        _underWay.AddOrUpdate(due.ChannelId, 1, (_, count) => count + 1);
                        var delivery = Task.Run(() => DeliverAsync(due), CancellationToken.None);
                        _running[delivery] = true;
                        _ = delivery.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
                    }
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.DeliveringFailed(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    private async Task<IReadOnlyList<Due>> ClaimAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            update deliveries d
            set claimed_until = @Until, attempts = attempts + 1
            from (
                select w.affiliate_id, w.message_id
                from deliveries w
                where w.due_at <= @Now and (w.claimed_until is null or w.claimed_until < @Now) and w.channel_id <> all(@Busy)
                    and not exists (
                        select from deliveries earlier
                        where earlier.affiliate_id = w.affiliate_id and earlier.conversation_id = w.conversation_id and earlier.sequence < w.sequence)
                order by w.due_at
                limit @Most
                for update skip locked
            ) c
            where d.affiliate_id = c.affiliate_id and d.message_id = c.message_id
            returning d.affiliate_id, d.message_id, d.conversation_id, d.channel_id, d.sequence, d.attempts
            """;

        var free = MostAtOnce - _underWay.Values.Sum();
        if (free <= 0)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        var busy = _underWay.Where(channel => channel.Value >= MostOfAChannel).Select(channel => channel.Key).ToArray();
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Due>(
            new CommandDefinition(
                sql, new { Now = now, Until = now + Claimed, Busy = busy, Most = Math.Min(free, MostOfAChannel) }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>What has been handed to a provider is seen through before the process ends: its answer is worth waiting for, and it has a time-out of its own.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken);
    }

    private async Task DeliverAsync(Due due)
    {
        try
        {
            if (await useCases.SendAsync(new PrepareDelivery(new(due.AffiliateId), new(due.ConversationId), due.Sequence), CancellationToken.None) is { } prepared)
            {
                var result = await _adapters[prepared.Account.Provider].SendAsync(prepared.Account, prepared.To, prepared.Text, CancellationToken.None);
                Figures.Sends.Add(1, new("provider", Domain.Common.Wire.Name(prepared.Account.Provider)), new("result", result.GetType().Name));
                await useCases.SendAsync(new RecordSend(new(due.AffiliateId), new(due.ConversationId), due.Sequence, due.Attempts, result), CancellationToken.None);
            }
        }
        catch (Exception failure)
        {
            logger.DeliveryFailed(due.MessageId, failure.Kind());
            await PutAsideAsync(due, failure);
        }
        finally
        {
            _underWay.AddOrUpdate(due.ChannelId, 0, (_, count) => count - 1);
            _underWay.TryRemove(new(due.ChannelId, 0));
            wake.Deliveries.Set();
        }
    }

    // What cannot be sent must not hold up what the responder writes after it, and they must see that it was not sent.
    private async Task PutAsideAsync(Due due, Exception failure)
    {
        try
        {
            var forGood = failure is UnreadableException or Application.Common.NotFoundException || RetrySchedule.After(due.Attempts) is null;
            await useCases.SendAsync(new SetDeliveryBack(new(due.AffiliateId), new(due.ConversationId), due.Sequence, due.Attempts, forGood), CancellationToken.None);
        }
        catch (Exception again)
        {
            // The claim runs out by itself, and the message is taken up again.
            logger.DeliveryFailed(due.MessageId, again.Kind());
        }
    }

    private sealed record Due(Guid AffiliateId, Guid MessageId, Guid ConversationId, Guid ChannelId, long Sequence, int Attempts);
}
