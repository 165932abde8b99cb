using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Messaging;

/// <summary>Keeps the events that somebody within the platform could not act on, for an admin to see to.</summary>
internal sealed class DeadLetters(Databases databases, [FromKeyedServices(Clocks.Real)] TimeProvider clock, ILogger<DeadLetters> logger)
{
    public async Task KeepAsync(OutboxEvent happened, string reason, int attempts, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into dead_letters (id, event_id, affiliate_id, subject, sequence, type, data, happened_at, reason, attempts, died_at)
            values (@Id, @EventId, @AffiliateId, @Subject, @Sequence, @Type, @Data::jsonb, @CreatedAt, @reason, @attempts, @now)
            on conflict (event_id) do update
            set reason = excluded.reason, attempts = excluded.attempts, died_at = excluded.died_at, replayed_at = null
            """;

        var now = clock.GetUtcNow();
        var parameters = new
        {
            Id = Guid.CreateVersion7(now), EventId = happened.Id, happened.AffiliateId, happened.Subject, happened.Sequence, happened.Type, happened.Data, happened.CreatedAt,
            reason, attempts, now,
        };
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        logger.EventDied(happened.Id, happened.Type, reason);
    }

    /// <summary>Whoever may publish to our queue has put something there that is no event of ours: that there was one is all that is kept.</summary>
    public async Task KeepUnreadableAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            insert into dead_letters (id, type, reason, attempts, died_at)
            values (@Id, 'unreadable', 'rejected', 1, @now)
            """;

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { Id = id, now }, cancellationToken: cancellationToken));
        logger.EventDied(id, "unreadable", "rejected");
    }
}
