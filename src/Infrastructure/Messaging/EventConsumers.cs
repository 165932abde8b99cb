using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Infrastructure.Messaging;

/// <summary>
/// Hands events to everybody within the platform who acts on them, each event once for each of them: the inbox notes it in the
/// transaction in which they act.
/// </summary>
internal sealed class EventConsumers(
    Databases databases, IEnumerable<IEventConsumer> consumers, [FromKeyedServices(Clocks.Real)] TimeProvider clock, ILogger<EventConsumers> logger)
{
    /// <summary>
    /// Returns the events that somebody could not act on, with what went wrong. That the database is away is no event's fault: then it
    /// throws, and the same events come again.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, string>> ConsumeAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken)
    {
        var failed = new Dictionary<Guid, string>();
        foreach (var consumer in consumers)
        {
            foreach (var ofAffiliate in events.Where(happened => consumer.Takes(happened.Type)).GroupBy(happened => happened.AffiliateId))
            {
                await ConsumeAsync(consumer, [.. ofAffiliate], failed, cancellationToken);
            }
        }

        return failed;
    }

    /// <summary>Whether the database is away, busy or in each other's way, so that the same will do later.</summary>
    internal static bool WillPass(Exception failure) =>
        failure is TimeoutException or NpgsqlException { IsTransient: true } or (NpgsqlException and not PostgresException)
            or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown };

    private async Task ConsumeAsync(IEventConsumer consumer, IReadOnlyList<OutboxEvent> events, Dictionary<Guid, string> failed, CancellationToken cancellationToken)
    {
        try
        {
            await ActAsync(consumer, events, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && !WillPass(failure))
        {
            if (events is [var happened])
            {
                logger.ConsumingFailed(consumer.Name, happened.Id, happened.Type, failure.Kind());
                failed[happened.Id] = $"{consumer.Name}: {failure.Kind()}";
                return;
            }

            foreach (var one in events)
            {
                await ConsumeAsync(consumer, [one], failed, cancellationToken);
            }
        }
    }

    private async Task ActAsync(IEventConsumer consumer, IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken)
    {
        // In the ids' order, so that two who were handed the same events wait for each other and do not lock each other out.
        const string note = """
            insert into event_inbox (consumer, event_id, consumed_at)
            select @Name, id, @now
            from unnest(@ids) as id
            order by id
            on conflict do nothing
            returning event_id
            """;

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginInAsync(events[0].AffiliateId, cancellationToken);
        var parameters = new { consumer.Name, now = clock.GetUtcNow(), ids = events.Select(happened => happened.Id).ToArray() };
        var news = (await connection.QueryAsync<Guid>(new CommandDefinition(note, parameters, transaction, cancellationToken: cancellationToken))).ToHashSet();
        if (news.Count == 0)
        {
            return;
        }

        await consumer.ConsumeAsync([.. events.Where(happened => news.Contains(happened.Id)).DistinctBy(happened => happened.Id)], transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        consumer.Committed();
    }
}
