using System.Text.Json;
using System.Threading.Channels;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Realtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Messaging;

/// <summary>
/// Rings on the desks of those who are told something, on this instance at once and on the others within moments. A ring may be lost in
/// a crash without harm: what there is to tell is stored, and a desk reads it whenever it connects.
/// </summary>
internal sealed class StaffBell(Databases databases, DeskHub hub, Instance instance, ILogger<StaffBell> logger) : BackgroundService
{
    private const int MostWaiting = 10_000;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly Channel<DeskLine> _rings = Channel.CreateBounded<DeskLine>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Rings once the transaction has been committed.</summary>
    public void Ring(DbSession db, Guid user, string kind, Guid? conversation)
    {
        var affiliate = db.Affiliate.Value;
        db.OnCommit(() =>
        {
            var data = JsonSerializer.SerializeToElement(new { kind });
            hub.Publish(new AnnouncedEvent(affiliate, EventNames.Notification, conversation ?? Guid.Empty, Guid.Empty, data, user));
            _rings.Writer.TryWrite(new DeskLine(affiliate, EventNames.Notification, conversation ?? Guid.Empty, Guid.Empty, instance.Id, user));
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rings = new List<DeskLine>();
        while (await _rings.Reader.WaitToReadAsync(stoppingToken))
        {
            while (rings.Count < 100 && _rings.Reader.TryRead(out var ring))
            {
                rings.Add(ring);
            }

            try
            {
                await using var connection = await databases.Chat.OpenConnectionAsync(stoppingToken);
                await DeskListener.TellOthersAsync(connection, rings, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.RingingFailed(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }

            rings.Clear();
        }
    }
}
