using Chat.Infrastructure.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Infrastructure.Startup;

/// <summary>The first thing that starts: finds the databases, brings their schemas up to date, purges again what an older copy
/// has brought back, and opens them to everything else.</summary>
internal sealed class DatabaseStartup(
    Databases databases, EmbeddedPostgres embedded, FirstAdmin firstAdmin, LedgerReplay replay, IOptions<ConnectionStringsOptions> options, IHostEnvironment environment,
    ILogger<DatabaseStartup> logger)
    : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        DapperConventions.Apply();
        var (chat, owner, keys) = (options.Value.Chat, options.Value.ChatMigrations, options.Value.Keys);
        if (string.IsNullOrEmpty(chat))
        {
            if (environment.IsProduction())
            {
                throw new InvalidOperationException("Production needs ConnectionStrings__Chat; it does not run on the embedded database.");
            }

            var started = await embedded.StartAsync(cancellationToken);
            (chat, owner, keys) = (started.Chat, started.ChatMigrations, started.Keys);
        }

        var applied = await MigrateAsync(chat, owner, keys, cancellationToken);
        databases.Open(chat, keys);
        await replay.RunAsync(cancellationToken);
        await firstAdmin.MakeAsync(cancellationToken);
        databases.BecomeReady();
        logger.DatabaseReady(applied);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> MigrateAsync(string chat, string? owner, string? keys, CancellationToken cancellationToken)
    {
        var application = new NpgsqlConnectionStringBuilder(chat).Username;
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return await Migrator.MigrateChatAsync(owner ?? chat, application, cancellationToken)
                    + await Migrator.MigrateKeysAsync(keys ?? owner ?? chat, keys is null ? application : null, cancellationToken);
            }
            catch (NpgsqlException failure) when (failure.IsTransient && DateTime.UtcNow < deadline)
            {
                // A database that starts beside us needs its moment.
                logger.DatabaseNotThere(failure.Kind());
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }
}
