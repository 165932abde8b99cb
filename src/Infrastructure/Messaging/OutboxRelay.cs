using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Messaging;

/// <summary>A committed event on its way out. Data is JSON and holds ids, states, times and counts only.</summary>
internal sealed record OutboxEvent(Guid Id, Guid AffiliateId, Guid Subject, long Sequence, string Type, string Data, Guid Origin, DateTimeOffset CreatedAt);

/// <summary>Where committed events go: to the broker, or, without one, to the same consumers in this process.</summary>
internal interface IEventSink
{
    /// <summary>Hands over a batch in its order. It returns once all of it is safe, and throws when any of it is not.</summary>
    Task PublishAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken);
}

/// <summary>
/// Carries committed events out of the outbox, oldest first and at least once: a row is marked only after the sink has it, so a crash
/// between the two hands it over again and consumers tell by its id. It looks for rows that are not marked, never for rows after the
/// last one seen: a transaction that began earlier may commit later.
/// </summary>
internal sealed class OutboxRelay(Databases databases, IEventSink sink, Wake wake, TimeProvider clock, ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int MostInBatch = 500;
    private static readonly TimeSpan WhenIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);

    // Under load the rows of a few milliseconds make one batch, and the texters' commits keep the disk.
    private static readonly TimeSpan ToGather = TimeSpan.FromMilliseconds(20);

    // Of the batch at hand only: while the broker is away it is the same one again and again.
    private HashSet<Guid> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wake.Outbox.WaitAsync(WhenIdle, stoppingToken);
                while (await RelayBatchAsync(stoppingToken) == MostInBatch)
                {
                }

                await Task.Delay(ToGather, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.PublishingFailed(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    private async Task TellOthersAsync(List<OutboxEvent> batch, CancellationToken cancellationToken)
    {
        var news = batch.FindAll(happened => !_told.Contains(happened.Id));
        if (news.Count == 0)
        {
            return;
        }

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await DeskListener.TellOthersAsync(connection, news, cancellationToken);
        _told = [.. batch.Select(happened => happened.Id)];
    }

    private async Task<int> RelayBatchAsync(CancellationToken cancellationToken)
    {
        // One relay at a time in the installation, or a conversation's events could overtake each other.
        const string becomeTheRelay = "select pg_try_advisory_xact_lock(hashtext('chat.outbox'))";
        const string oldest = """
            select id, affiliate_id, subject, sequence, type, data::text as data, origin, created_at
            from outbox
            where published_at is null
            order by position
            limit @MostInBatch
            """;
        const string mark = "update outbox set published_at = @now where id = any(@ids)";

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(becomeTheRelay, transaction: transaction, cancellationToken: cancellationToken)))
        {
            return 0;
        }

        var batch = (await connection.QueryAsync<OutboxEvent>(new CommandDefinition(oldest, new { MostInBatch }, transaction, cancellationToken: cancellationToken))).AsList();
        if (batch.Count == 0)
        {
            return 0;
        }

        // The screens of other instances do not wait for the broker: they hear of a batch before it is published, once.
        await TellOthersAsync(batch, cancellationToken);
        await sink.PublishAsync(batch, cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(mark, new { now = clock.GetUtcNow(), ids = batch.ConvertAll(row => row.Id) }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return batch.Count;
    }
}

/// <summary>Delivers events in this process, where there is no broker.</summary>
internal sealed class InProcessSink(EventConsumers consumers) : IEventSink
{
    public Task PublishAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken) => consumers.ConsumeAsync(events, cancellationToken);
}
