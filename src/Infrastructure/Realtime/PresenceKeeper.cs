using System.Collections.Concurrent;
using Chat.Application.Presences;
using Chat.Infrastructure.Jobs;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Realtime;

/// <summary>
/// Notes who has been heard of: whoever asks for something, and whoever's screen is connected. It writes a few times a minute and for
/// all at once, so that being there costs next to nothing.
/// </summary>
public sealed class PresenceKeeper : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly Databases _databases;
    private readonly DeskHub _hub;
    private readonly SystemUseCases _useCases;
    private readonly TimeProvider _clock;
    private readonly ILogger<PresenceKeeper> _logger;
    private readonly ConcurrentDictionary<(Guid Affiliate, Guid User), bool> _heard = new();
    private readonly SemaphoreSlim _turn = new(1);

    internal PresenceKeeper(Databases databases, DeskHub hub, SystemUseCases useCases, TimeProvider clock, ILogger<PresenceKeeper> logger) =>
        (_databases, _hub, _useCases, _clock, _logger) = (databases, hub, useCases, clock, logger);

    /// <summary>Somebody has just asked for something.</summary>
    public void Heard(Guid affiliate, Guid user) => _heard.TryAdd((affiliate, user), true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Between, stoppingToken);
            try
            {
                await InTurnAsync(() => KeepAsync([.. _hub.Listening, .. TakeHeard()], _clock.GetUtcNow(), stoppingToken), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                _logger.PresenceNotKept(failure.Kind());
            }
        }
    }

    /// <summary>Notes at once who has been heard of so far.</summary>
    internal Task KeepHeardAsync(CancellationToken cancellationToken) =>
        InTurnAsync(() => KeepAsync(TakeHeard(), _clock.GetUtcNow(), cancellationToken), cancellationToken);

    /// <summary>Notes whoever is connected as seen at a time.</summary>
    internal Task KeepConnectedAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        InTurnAsync(() => KeepAsync([.. _hub.Listening], at, cancellationToken), cancellationToken);

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    // What is noted later was heard later.
    private async Task InTurnAsync(Func<Task> keep, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await keep();
        }
        finally
        {
            _turn.Release();
        }
    }

    private List<(Guid Affiliate, Guid User)> TakeHeard()
    {
        var heard = _heard.Keys.ToList();
        heard.ForEach(one => _heard.TryRemove(one, out _));
        return heard;
    }

    private async Task KeepAsync(IReadOnlyCollection<(Guid Affiliate, Guid User)> present, DateTimeOffset at, CancellationToken cancellationToken)
    {
        const string sql = """
            update presence
            set last_seen_at = @at
            where user_id = any(@Users)
            returning user_id, lapsed_at is not null as had_lapsed
            """;

        foreach (var affiliate in present.Distinct().GroupBy(one => one.Affiliate, one => one.User))
        {
            IEnumerable<(Guid User, bool HadLapsed)> seen;
            await using (var connection = await _databases.Chat.OpenConnectionAsync(cancellationToken))
            await using (var transaction = await connection.BeginInAsync(affiliate.Key, cancellationToken))
            {
                seen = await connection.QueryAsync<(Guid, bool)>(
                    new CommandDefinition(sql, new { at, Users = affiliate.Order().ToArray() }, transaction, cancellationToken: cancellationToken));
                await transaction.CommitAsync(cancellationToken);
            }

            foreach (var (user, _) in seen.Where(one => one.HadLapsed))
            {
                await _useCases.SendAsync(new ComeBack(new(affiliate.Key), new(user)), cancellationToken);
            }
        }
    }
}
