using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Infrastructure.Messaging;

/// <summary>A committed event on its way out. Data is JSON and holds ids, states, times and counts only.</summary>
internal sealed record OutboxEvent(Guid Id, Guid AffiliateId, Guid Subject, long Sequence, string Type, string Data, Guid Origin, DateTimeOffset CreatedAt);

/// <summary>What became of a batch. What is in neither list was not tried: it stood behind one that was refused.</summary>
internal sealed record Handover(IReadOnlyCollection<Guid> Safe, IReadOnlyCollection<Guid> Refused);

/// <summary>Where committed events go: to the broker, or, without one, to the same consumers in this process.</summary>
internal interface IEventSink
{
    /// <summary>Makes sure that there is somebody to hand over to; a throw says that there is nobody.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Hands over a batch. Of a conversation, each event goes only after the one before it is safe, and none after one that was
    /// refused. It throws when nothing at all could be handed over.
    /// </summary>
    Task<Handover> PublishAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken);
}

/// <summary>
/// Carries committed events out of the outbox, oldest first and at least once: a row is marked only after the sink has it, so a crash
/// between the two hands it over again and consumers tell by its id. It looks for rows that are not marked, never for rows after the
/// last one seen: a transaction that began earlier may commit later. A conversation whose event is refused waits; the others go on.
/// </summary>
internal sealed class OutboxRelay(Databases databases, IEventSink sink, Wake wake, TimeProvider clock, ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int MostInBatch = 1000;

    // Of these there is something wrong with the way, not with an event: then all wait.
    private const int MostHeld = 5000;
    private static readonly TimeSpan WhenIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(5);

    // Under load the rows of a few milliseconds make one batch, and the texters' commits keep the disk.
    private static readonly TimeSpan ToGather = TimeSpan.FromMilliseconds(20);

    // What lay longer than this was told of when it was new.
    private static readonly TimeSpan NewsFor = TimeSpan.FromSeconds(10);

    // By conversation: until when, by a clock that nobody moves, and after how many refusals in a row.
    private readonly Dictionary<Guid, (long Until, int Times)> _held = [];

    // Of the last batch only.
    private HashSet<Guid> _told = [];
    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wake.Outbox.WaitAsync(WhenIdle, stoppingToken);
                await sink.OpenAsync(stoppingToken);
                while (await RelayBatchAsync(stoppingToken) == MostInBatch)
                {
                }

                NoteThatItWorks();
                await Task.Delay(ToGather, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                NoteThatItFails(failure);
                await TellNewestAsync(stoppingToken);
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    // Once at each turn: an outage of hours is not thousands of lines.
    private void NoteThatItFails(Exception failure)
    {
        if (!_isAway)
        {
            logger.PublishingFailed(failure.Kind());
        }

        _isAway = true;
    }

    private void NoteThatItWorks()
    {
        if (_isAway)
        {
            logger.PublishingGoesOn();
        }

        _isAway = false;
    }

    private async Task<int> RelayBatchAsync(CancellationToken cancellationToken)
    {
        // One relay at a time in the installation, or a conversation's events could overtake each other.
        const string becomeTheRelay = "select pg_try_advisory_xact_lock(hashtext('chat.outbox'))";
        const string oldest = """
            select id, affiliate_id, subject, sequence, type, data::text as data, origin, created_at
            from outbox
            where published_at is null and subject <> all(@held)
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

        var parameters = new { held = Held(), MostInBatch };
        var batch = (await connection.QueryAsync<OutboxEvent>(new CommandDefinition(oldest, parameters, transaction, cancellationToken: cancellationToken))).AsList();
        if (batch.Count == 0)
        {
            return 0;
        }

        // The screens of other instances do not wait for the broker: they hear of a batch before it is published, once.
        await TellOthersAsync(batch, cancellationToken);
        var handover = await sink.PublishAsync(batch, cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(mark, new { now = clock.GetUtcNow(), ids = handover.Safe.ToArray() }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        Hold(batch, handover);
        return batch.Count;
    }

    private Guid[] Held()
    {
        var now = Environment.TickCount64;
        return [.. _held.Where(held => held.Value.Until > now).Select(held => held.Key)];
    }

    private void Hold(List<OutboxEvent> batch, Handover handover)
    {
        var (safe, refused) = (handover.Safe.ToHashSet(), handover.Refused.ToHashSet());
        foreach (var subject in batch.Where(happened => safe.Contains(happened.Id)).Select(happened => happened.Subject))
        {
            _held.Remove(subject);
        }

        foreach (var happened in batch.Where(happened => refused.Contains(happened.Id)))
        {
            var times = _held.GetValueOrDefault(happened.Subject).Times + 1;
            var wait = Math.Min(LongestHold.TotalMilliseconds, 250 * Math.Pow(2, Math.Min(times, 10)));
            _held[happened.Subject] = (Environment.TickCount64 + (long)wait, times);
            logger.EventRefused(happened.Id, happened.Type, times);
        }

        if (_held.Count > MostHeld)
        {
            _held.Clear();
            throw new InvalidOperationException("Too many conversations wait.");
        }
    }

    private async Task TellOthersAsync(List<OutboxEvent> batch, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - NewsFor;
        var news = batch.FindAll(happened => happened.CreatedAt > since && !_told.Contains(happened.Id));
        if (news.Count > 0)
        {
            await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
            await DeskListener.TellOthersAsync(connection, news, cancellationToken);
        }

        _told = [.. batch.Select(happened => happened.Id)];
    }

    /// <summary>While nothing can be published, other instances' screens still hear of what is new.</summary>
    private async Task TellNewestAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            select id, affiliate_id, subject, sequence, type, data::text as data, origin, created_at
            from outbox
            where published_at is null
            order by position desc
            limit @MostInBatch
            """;

        try
        {
            await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
            await TellOthersAsync((await connection.QueryAsync<OutboxEvent>(new CommandDefinition(sql, new { MostInBatch }, cancellationToken: cancellationToken))).AsList(), cancellationToken);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            logger.RingingFailed(failure.Kind());
        }
    }
}
