using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chat.Infrastructure.Messaging;

/// <summary>
/// Publishes events to the durable topic exchange chat.events, persistent and mandatory: the broker confirms even what it could route
/// nowhere, so a return counts as a refusal and the row stays. Conversations are published side by side, with their confirms in flight;
/// within one, an event goes only after the one before it was confirmed.
/// </summary>
internal sealed class RabbitMqSink(RabbitMqConnection broker) : IEventSink, IAsyncDisposable
{
    private static readonly TimeSpan LongestBatch = TimeSpan.FromSeconds(30);
    private IChannel? _channel;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true })
        {
            return;
        }

        await DisposeAsync();
        var connection = await broker.OpenAsync(cancellationToken);

        // No rate limiter: the client's own sleeps as it fills, and the batch is the bound.
        _channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null),
            cancellationToken);
    }

    public async Task<Handover> PublishAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        var (safe, refused) = (new ConcurrentQueue<Guid>(), new ConcurrentQueue<Guid>());
        try
        {
            // All of them end, whatever becomes of the first that fails: what was confirmed by then is safe.
            await Task.WhenAll(events.GroupBy(happened => happened.Subject).Select(ofConversation => PublishInOrderAsync(_channel!, ofConversation, safe, refused, cancellationToken)))
                .WaitAsync(LongestBatch, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What state the channel is in is not known: the next batch gets a new one.
            var isMissing = _channel is { CloseReason.ReplyCode: Constants.NotFound };
            await DisposeAsync();
            if (isMissing)
            {
                await broker.DeclareAgainAsync(cancellationToken);
            }

            if (safe.IsEmpty)
            {
                throw;
            }
        }

        return new Handover([.. safe], [.. refused]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
        {
            _channel = null;
            await channel.DisposeAsync();
        }
    }

    private static async Task PublishInOrderAsync(
        IChannel channel, IEnumerable<OutboxEvent> events, ConcurrentQueue<Guid> safe, ConcurrentQueue<Guid> refused, CancellationToken cancellationToken)
    {
        foreach (var happened in events.OrderBy(happened => happened.Sequence))
        {
            try
            {
                await channel.BasicPublishAsync(
                    EventTopology.Exchange, $"{happened.AffiliateId}.{happened.Type}", mandatory: true, Properties(happened), EventEnvelope.Write(happened), cancellationToken);
                safe.Enqueue(happened.Id);
            }
            catch (PublishException)
            {
                refused.Enqueue(happened.Id);
                return;
            }
        }
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
