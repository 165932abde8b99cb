using Chat.Infrastructure.Keys;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Jobs;

/// <summary>Takes keys that are being replaced a step further. Any number of instances may.</summary>
internal sealed class RotationWorker(KeyRotation rotation, ILogger<RotationWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var key in await rotation.MovingAsync(stoppingToken))
                {
                    await TryMoveAsync(key, stoppingToken);
                }

                while (await rotation.RewrapAsync(stoppingToken))
                {
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.RotationFailed(failure.Kind());
            }

            await Task.Delay(Between, stoppingToken);
        }
    }

    // An affiliate whose keys do not open holds up nobody else's.
    private async Task TryMoveAsync(MovingKey key, CancellationToken cancellationToken)
    {
        try
        {
            await MoveAsync(key, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.RotationFailed(failure.Kind());
        }
    }

    private async Task MoveAsync(MovingKey key, CancellationToken cancellationToken)
    {
        if (key is { State: "pending", HasSettled: true })
        {
            await rotation.ActivateAsync(key, cancellationToken);
        }
        else if (key is { State: "decrypt_only", HasSettled: true })
        {
            // What an instance sealed just before it heard of the new key is found as well: by now all have heard.
            var unreadable = await rotation.ReplaceAsync(key, cancellationToken);
            if (key.HasHadItsGrace)
            {
                await rotation.DestroyAsync(key, unreadable, cancellationToken);
            }
        }
    }
}
