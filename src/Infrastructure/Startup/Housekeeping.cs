using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Infrastructure.Startup;

/// <summary>
/// Clears what has had its time: published events and who has acted on them, dead letters, answers under Idempotency-Keys, tokens and
/// sessions that are over, what was counted and remembered of sign-ins, providers' ids, what staff were told and what was sent to
/// them, what webhooks were told, and what was compared in the shadow.
/// </summary>
internal sealed class Housekeeping(Databases databases, [FromKeyedServices(Clocks.Real)] TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ClearAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.HousekeepingFailed(failure.Kind());
            }
        }
    }

    internal async Task ClearAsync(CancellationToken cancellationToken)
    {
        // In portions, so that no delete holds its rows for long.
        const string events = "delete from outbox where id in (select id from outbox where created_at < @DayAgo and published_at is not null limit 5000)";

        // Of a dead letter it must be known who has acted on it for as long as it can be replayed.
        const string consumed = """
            delete from event_inbox
            where (consumer, event_id) in (
                select i.consumer, i.event_id
                from event_inbox i
                where i.consumed_at < @MonthAgo and not exists (select from dead_letters d where d.event_id = i.event_id)
                limit 5000)
            """;
        const string died = "delete from dead_letters where died_at < @QuarterAgo";
        const string answers = "delete from idempotency_keys where created_at < @DayAgo";
        const string tokens = "delete from refresh_tokens where expires_at < @DayAgo";
        const string sessions = "delete from sessions where expires_at < @DayAgo or revoked_at < @DayAgo";
        const string lanes = "delete from guess_lanes where free_at < @Now";
        const string places = "delete from known_places where used_at < @QuarterAgo";
        const string calls = """
            delete from webhook_deliveries
            where (affiliate_id, id) in (select affiliate_id, id from webhook_deliveries where created_at < @MonthAgo limit 5000)
            """;
        const string links = "delete from password_resets where expires_at < @Now";

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var parameters = new { Now = now, DayAgo = now.AddDays(-1), MonthAgo = now.AddDays(-30), QuarterAgo = now.AddDays(-90) };
        foreach (var sql in new[] { events, consumed, calls })
        {
            while (await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)) == 5000)
            {
            }
        }

        foreach (var sql in new[] { died, answers, tokens, sessions, lanes, places, links })
        {
            await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        }

        foreach (var affiliate in await connection.QueryAsync<Guid>(new CommandDefinition("select id from affiliates", cancellationToken: cancellationToken)))
        {
            await ClearAsync(connection, affiliate, cancellationToken);
        }
    }

    // A provider's id is kept longer than the provider repeats itself: Meta does for seven days.
    private async Task ClearAsync(NpgsqlConnection connection, Guid affiliate, CancellationToken cancellationToken)
    {
        const string arrived = "delete from inbox where received_at < @MonthAgo";
        const string reported = "delete from delivery_receipts where updated_at < @MonthAgo";
        const string told = "delete from notifications where created_at < @MonthAgo";
        const string sent = "delete from sendings where created_at < @QuarterAgo";
        const string compared = "delete from shadow_differences where at < @QuarterAgo";

        await using var transaction = await connection.BeginInAsync(affiliate, cancellationToken);
        var parameters = new { MonthAgo = clock.GetUtcNow().AddDays(-30), QuarterAgo = clock.GetUtcNow().AddDays(-90) };
        foreach (var sql in new[] { arrived, reported, told, sent, compared })
        {
            await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
