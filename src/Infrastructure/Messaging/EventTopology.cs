using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Chat.Infrastructure.Messaging;

/// <summary>What stands on the broker: the exchange of all events, the platform's own queue, and where its dead letters go.</summary>
internal static class EventTopology
{
    public const string Exchange = "chat.events";
    public const string PlatformQueue = "chat.platform.events";
    public const string DeadLetterExchange = "chat.dead-letters";
    public const string DeadLetterQueue = "chat.dead-letters";

    /// <summary>After so many times of being given back, an event is a dead letter.</summary>
    public const int DeliveryLimit = 5;

    // Of releases before: without an order among instances, and without dead letters. A queue's arguments cannot be changed.
    private const string FormerQueue = "chat.platform";

    // Dead letters are not given back; closed channels count too, and some brokers limit by themselves what is not limited.
    private const int AsGoodAsNone = 1_000_000;

    /// <summary>
    /// The platform's queue takes every event, so that none is ever without a way; no alternate exchange, which would hide that. Returns
    /// false for a broker that cannot promise that a dead letter arrives.
    /// </summary>
    public static async Task<bool> DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var isSafe = true;
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken))
        {
            await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken);
            await channel.ExchangeDeclareAsync(DeadLetterExchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(
                DeadLetterQueue, durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = AsGoodAsNone }, cancellationToken: cancellationToken);
            await channel.QueueBindAsync(DeadLetterQueue, DeadLetterExchange, "", cancellationToken: cancellationToken);
        }

        try
        {
            await DeclarePlatformQueueAsync(connection, isSafe, cancellationToken);
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
        {
            isSafe = false;
            await DeclarePlatformQueueAsync(connection, isSafe, cancellationToken);
        }

        return isSafe;
    }

    // A refusal closes its channel, so each attempt has its own.
    private static async Task DeclarePlatformQueueAsync(IConnection connection, bool isSafe, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum", ["x-single-active-consumer"] = true, ["x-delivery-limit"] = DeliveryLimit, ["x-dead-letter-exchange"] = DeadLetterExchange,
        };
        if (isSafe)
        {
            (arguments["x-dead-letter-strategy"], arguments["x-overflow"]) = ("at-least-once", "reject-publish");
        }

        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(PlatformQueue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(PlatformQueue, Exchange, "#", cancellationToken: cancellationToken);
        await channel.QueueDeleteAsync(FormerQueue, cancellationToken: cancellationToken);
    }
}
