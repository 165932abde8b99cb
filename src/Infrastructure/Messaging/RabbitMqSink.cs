using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Chat.Infrastructure.Messaging;

/// <summary>
/// Publishes events to the durable topic exchange chat.events, persistent and mandatory: the broker confirms even what it could route
/// nowhere, so a return counts as a failure and the row stays. A batch is published in flight and its confirms are awaited together.
/// </summary>
internal sealed class RabbitMqSink(RabbitMqConnection broker) : IEventSink, IAsyncDisposable
{
    private static readonly TimeSpan LongestConfirm = TimeSpan.FromSeconds(15);
    private IChannel? _channel;

    public async Task PublishAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken);
        try
        {
            var publishing = new List<Task>(events.Count);
            foreach (var happened in events)
            {
                publishing.Add(
                    channel.BasicPublishAsync(
                        RabbitMqConnection.Exchange, $"{happened.AffiliateId}.{happened.Type}", mandatory: true, Properties(happened), EventEnvelope.Write(happened), cancellationToken)
                    .AsTask());
            }

            await Task.WhenAll(publishing).WaitAsync(LongestConfirm, cancellationToken);
        }
        catch
        {
            // What state the channel is in is not known: the next batch gets a new one.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
        {
            _channel = null;
            await channel.DisposeAsync();
        }
    }

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true })
        {
            return _channel;
        }

        await DisposeAsync();
        var connection = await broker.OpenAsync(cancellationToken);

        // No rate limiter: the client's own sleeps as it fills, and the batch is the bound.
        return _channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null),
            cancellationToken);
    }

    private static BasicProperties Properties(OutboxEvent happened) => new()
    {
        MessageId = happened.Id.ToString(),
        Type = happened.Type,
        ContentType = "application/json",
        Persistent = true,
        Timestamp = new AmqpTimestamp(happened.CreatedAt.ToUnixTimeSeconds()),
    };
}

/// <summary>The connection to the broker, with the exchange and the platform's own queue declared on it.</summary>
internal sealed class RabbitMqConnection(IOptions<RabbitMqOptions> options) : IAsyncDisposable
{
    public const string Exchange = "chat.events";
    public const string PlatformQueue = "chat.platform";

    private readonly SemaphoreSlim _opening = new(1);
    private IConnection? _connection;

    public bool IsOpen => _connection is { IsOpen: true };

    public async Task<IConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: true })
            {
                return _connection;
            }

            if (_connection is not null)
            {
                await _connection.DisposeAsync();
            }

            var factory = new ConnectionFactory
            {
                Uri = new Uri(options.Value.Uri!), ClientProvidedName = "chat", RequestedHeartbeat = TimeSpan.FromSeconds(15), AutomaticRecoveryEnabled = false,
            };
            _connection = await factory.CreateConnectionAsync(cancellationToken);
            await DeclareAsync(_connection, cancellationToken);
            return _connection;
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

    // The platform's queue takes every event, so that none is ever without a way; no alternate exchange, which would hide that.
    private static async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            PlatformQueue, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 20 }, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(PlatformQueue, Exchange, "#", cancellationToken: cancellationToken);
    }
}
