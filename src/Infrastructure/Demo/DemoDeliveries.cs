using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Demo;

/// <summary>Reports what became of each message at the pace of a real network: first that it was sent, then that it has arrived.</summary>
internal sealed class DemoDeliveries(DemoTwilio twilio, ILogger<DemoDeliveries> logger) : BackgroundService
{
    private const int AtOnce = 64;

    private static readonly (TimeSpan Wait, string Status)[] Reports =
        [(TimeSpan.FromMilliseconds(300), "sent"), (TimeSpan.FromMilliseconds(700), "delivered")];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            twilio.Deliveries.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            ReportAsync);

    private async ValueTask ReportAsync(DemoDelivery delivery, CancellationToken cancellationToken)
    {
        foreach (var (wait, status) in Reports)
        {
            await Task.Delay(wait, cancellationToken);
            if (!await twilio.ReportAsync(delivery, status, cancellationToken))
            {
                logger.ReportNotTaken(delivery.MessageSid, status);
            }
        }
    }
}
