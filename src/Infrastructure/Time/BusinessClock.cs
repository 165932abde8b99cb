using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Realtime;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Time;

/// <summary>The clocks by name, for what must not take the one of everything that waits.</summary>
public static class Clocks
{
    /// <summary>The time itself: for tokens, sessions and what is kept for a while.</summary>
    public const string Real = "real";
}

/// <summary>
/// The clock of everything that waits: the time, and in a test as far ahead of it as the test has moved it. Tokens, sessions and
/// signatures keep <see cref="TimeProvider.System"/>.
/// </summary>
public sealed class BusinessClock : TimeProvider
{
    private long _aheadTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _aheadTicks));

    internal void BeAhead(TimeSpan ahead) => Interlocked.Exchange(ref _aheadTicks, ahead.Ticks);
}

/// <summary>Moves the clock for all instances, and follows where another instance has moved it. It runs only where test seams are open.</summary>
public sealed class ClockMover : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly Databases _databases;
    private readonly BusinessClock _clock;
    private readonly Wake _wake;
    private readonly PresenceKeeper _presences;
    private readonly ILogger<ClockMover> _logger;
    private readonly SemaphoreSlim _turn = new(1);
    private long _known;

    internal ClockMover(Databases databases, BusinessClock clock, Wake wake, PresenceKeeper presences, ILogger<ClockMover> logger) =>
        (_databases, _clock, _wake, _presences, _logger) = (databases, clock, wake, presences, logger);

    /// <summary>Moves the clock on and answers what time it shows then.</summary>
    public async Task<DateTimeOffset> AdvanceAsync(long seconds, CancellationToken cancellationToken)
    {
        const string sql = "update business_clock set offset_seconds = offset_seconds + @seconds returning offset_seconds";

        await using var connection = await _databases.Chat.OpenConnectionAsync(cancellationToken);
        await FollowAsync(await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { seconds }, cancellationToken: cancellationToken)), cancellationToken);
        return _clock.GetUtcNow();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        const string sql = "select offset_seconds from business_clock";

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _databases.Chat.OpenConnectionAsync(stoppingToken);
                await FollowAsync(await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, cancellationToken: stoppingToken)), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                _logger.ClockNotRead(failure.Kind());
            }

            await Task.Delay(BetweenLooks, stoppingToken);
        }
    }

    private async Task FollowAsync(long seconds, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // What was read before somebody moved the clock on must not turn it back.
            if (seconds <= _known)
            {
                return;
            }

            // Whoever was heard of was heard of before the jump; whoever is connected is still there after it.
            var ahead = TimeSpan.FromSeconds(seconds);
            await _presences.KeepHeardAsync(cancellationToken);
            await _presences.KeepConnectedAsync(TimeProvider.System.GetUtcNow() + ahead, cancellationToken);
            _clock.BeAhead(ahead);
            _known = seconds;
        }
        finally
        {
            _turn.Release();
        }

        _wake.Jobs.Set();
        _wake.Sendings.Set();
        _wake.Purges.Set();
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }
}
