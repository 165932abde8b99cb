using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Keys;

/// <summary>Hears what becomes of keys elsewhere: a new one is used, and what was destroyed is forgotten.</summary>
internal sealed class KeyWatch(Keyring keyring, PurgeLedger ledger, ILogger<KeyWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    // Looked back further than to the last look, for what took its time to commit.
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await keyring.HearOfChangesAsync(stoppingToken);
                foreach (var gone in await ledger.DestroyedLatelyAsync(Lately, stoppingToken))
                {
                    if (gone.Kind == PurgedOwner.Affiliate)
                    {
                        keyring.ForgetAll();
                    }
                    else
                    {
                        keyring.Forget(gone.AffiliateId, gone.OwnerId);
                    }
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.KeysNotWatched(failure.Kind());
            }

            await Task.Delay(Between, stoppingToken);
        }
    }
}
