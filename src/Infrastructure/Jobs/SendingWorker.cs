using System.Collections.Concurrent;
using Chat.Application.Common;
using Chat.Application.Notifications;
using Chat.Application.Ports;
using Chat.Domain.Channels;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Jobs;

/// <summary>
/// Sends what goes out to staff and contacts by other ways than the desk. A sending is claimed for a minute and no transaction is held
/// while a receiver thinks; a crash in between lets it be sent again, for an alarm that comes twice is better than one that never comes.
/// A receiver that hangs takes up only its own lane.
/// </summary>
internal sealed class SendingWorker(
    Databases databases, SystemUseCases useCases, IMailSender mail, IWebhookSender webhooks, IEnumerable<IChannelAdapter> adapters, Wake wake,
    TimeProvider clock, [FromKeyedServices(Time.Clocks.Real)] TimeProvider realClock, ILogger<SendingWorker> logger)
    : BackgroundService
{
    private const int MostAtOnce = 64;
    private const int MostOfALane = 8;
    private static readonly TimeSpan WhenIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, int> _underWay = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly Dictionary<Provider, IChannelAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Provider);

    /// <summary>What has been handed over is seen through before the process ends: its answer is worth waiting for, and it has a time-out of its own.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wake.Sendings.WaitAsync(WhenIdle, stoppingToken);
                while (await ClaimAsync(stoppingToken) is { Count: > 0 } claimed)
                {
                    foreach (var due in claimed)
                    {
                        _underWay.AddOrUpdate(due.Lane, 1, (_, count) => count + 1);
                        var sending = Task.Run(() => SendAsync(due), CancellationToken.None);
                        _running[sending] = true;
                        _ = sending.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
                    }
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.SendingsFailed(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    private async Task<IReadOnlyList<Due>> ClaimAsync(CancellationToken cancellationToken)
    {
        // Claims are a matter of processes and keep real time.
        const string sql = """
            update due_jobs d
            set claimed_until = clock_timestamp() + @Claimed, attempts = attempts + 1
            from (
                select w.affiliate_id, w.subject_id
                from due_jobs w
                where w.kind = 'send' and w.due_at <= @Now and (w.claimed_until is null or w.claimed_until < clock_timestamp())
                    and coalesce(w.lane, '') <> all(@Busy)
                order by w.due_at
                limit @Most
                for update skip locked
            ) c
            where d.affiliate_id = c.affiliate_id and d.kind = 'send' and d.subject_id = c.subject_id
            returning d.affiliate_id, d.subject_id, coalesce(d.lane, '') as lane
            """;

        var free = MostAtOnce - _underWay.Values.Sum();
        if (free <= 0)
        {
            return [];
        }

        var busy = _underWay.Where(lane => lane.Value >= MostOfALane).Select(lane => lane.Key).ToArray();
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Due>(
            new CommandDefinition(
                sql, new { Claimed, Now = clock.GetUtcNow(), Busy = busy, Most = Math.Min(free, MostOfALane) }, cancellationToken: cancellationToken))).AsList();
    }

    private async Task SendAsync(Due due)
    {
        try
        {
            if (await useCases.SendAsync(new PrepareSending(new(due.AffiliateId), due.SubjectId), CancellationToken.None) is { } prepared)
            {
                var result = await HandOverAsync(due.SubjectId, prepared);
                Figures.Sendings.Add(1, new("via", prepared.GetType().Name), new("result", result.GetType().Name));
                await RecordAsync(due, result);
            }
        }
        catch (Exception failure)
        {
            logger.SendingFailed(due.SubjectId, failure.Kind());
            await PutAsideAsync(due, failure);
        }
        finally
        {
            _underWay.AddOrUpdate(due.Lane, 0, (_, count) => count - 1);
            _underWay.TryRemove(new(due.Lane, 0));
            wake.Sendings.Set();
        }
    }

    private async Task<OutsideResult> HandOverAsync(Guid id, PreparedSending prepared)
    {
        switch (prepared)
        {
            case PreparedSending.Mail letter:
                return await mail.SendAsync(letter.To, letter.Subject, letter.Text, CancellationToken.None);

            case PreparedSending.Webhook call:
                return await webhooks.SendAsync(call.Target, id.ToString(), OnCallContacts.Opened, call.Json, realClock.GetUtcNow(), CancellationToken.None);

            case PreparedSending.Sms text:
                return await _adapters[text.Account.Provider].SendAsync(text.Account, text.To, text.Text, CancellationToken.None) switch
                {
                    SendResult.Refused refused => new OutsideResult.Refused(refused.Code),
                    SendResult.Unavailable unavailable => new OutsideResult.Unavailable(unavailable.Code, unavailable.RetryAfter),
                    _ => new OutsideResult.Sent(),
                };

            case PreparedSending.ToNobody nobody:
                return new OutsideResult.Refused(nobody.Code);

            default:
                throw new InvalidOperationException("A way that this version does not know.");
        }
    }

    // What goes wrong here is tried again like what goes wrong out there, and is given up in the end: somebody has to be told.
    private async Task PutAsideAsync(Due due, Exception failure)
    {
        try
        {
            await RecordAsync(due, failure is UnreadableException ? new OutsideResult.Refused("receiver.unreadable") : new OutsideResult.Unavailable("internal"));
        }
        catch (Exception again)
        {
            // The claim runs out by itself, and the sending is taken up again.
            logger.SendingFailed(due.SubjectId, again.Kind());
        }
    }

    private Task<Done> RecordAsync(Due due, OutsideResult result) =>
        useCases.SendAsync(new RecordSending(new(due.AffiliateId), due.SubjectId, result), CancellationToken.None);

    private sealed record Due(Guid AffiliateId, Guid SubjectId, string Lane);
}
