using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Chat.Infrastructure.Messaging;

/// <summary>The connection to the broker, with what we need declared on it.</summary>
internal sealed class RabbitMqConnection(IOptions<RabbitMqOptions> options, ILogger<RabbitMqConnection> logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private IConnection? _connection;
    private volatile bool _isBlocked;

    /// <summary>Whether it is there and takes events: a broker that is short of memory or disk keeps connections open and takes nothing.</summary>
    public bool IsTaking => _connection is { IsOpen: true } && !_isBlocked;

    public async Task<IConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: true })
            {
                return _connection;
            }

            if (_connection is { } ended)
            {
                _connection = null;
                await ended.DisposeAsync();
            }

            var connection = await Factory().CreateConnectionAsync(cancellationToken);
            try
            {
                if (!await EventTopology.DeclareAsync(connection, cancellationToken))
                {
                    logger.DeadLettersNotSafe();
                }
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            connection.ConnectionBlockedAsync += (_, _) => BlockAsync(true);
            connection.ConnectionUnblockedAsync += (_, _) => BlockAsync(false);
            _isBlocked = false;
            return _connection = connection;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>For whoever found that something of ours is not there any more: an operator may remove a queue or the exchange.</summary>
    public async Task DeclareAgainAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: true } connection)
            {
                await EventTopology.DeclareAsync(connection, cancellationToken);
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _opening.Dispose();
    }

    private Task BlockAsync(bool isBlocked)
    {
        _isBlocked = isBlocked;
        return Task.CompletedTask;
    }

    // It does not mend itself: whoever needs it opens it again, with everything declared anew.
    private ConnectionFactory Factory() => new()
    {
        Uri = new Uri(options.Value.Uri!), ClientProvidedName = "chat", RequestedHeartbeat = TimeSpan.FromSeconds(15), AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5), ContinuationTimeout = TimeSpan.FromSeconds(10),
    };
}
