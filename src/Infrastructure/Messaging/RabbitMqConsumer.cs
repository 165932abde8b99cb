using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Chat.Infrastructure.Messaging;

/// <summary>An event as a queue hands it out.</summary>
/// <param name="Event">Null for what is not of the form that we write.</param>
/// <param name="GivenBack">How often it has been handed out and given back.</param>
/// <param name="Reason">Why the broker made it a dead letter; empty for one that is none.</param>
internal sealed record Arrival(ulong Tag, OutboxEvent? Event, int GivenBack, string Reason);

/// <summary>Takes events from a queue, as many together as have arrived; one is acknowledged once it has been acted on.</summary>
internal abstract class RabbitMqConsumer(RabbitMqConnection broker, string queue, ILogger logger) : BackgroundService
{
    private const ushort Prefetch = 200;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.ConsumingInterrupted(queue, failure.Kind());
            }

            await Task.Delay(AfterFailure, stoppingToken);
        }
    }

    /// <summary>Acts on what has arrived, and says so to the broker.</summary>
    protected abstract Task TakeAsync(IChannel channel, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken);

    /// <summary>Tries for as long as the database is away: an event that is given back meanwhile would be on its way to the dead letters.</summary>
    protected async Task<T> OnceTheDatabaseIsThereAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await act();
            }
            catch (Exception failure) when (EventConsumers.WillPass(failure))
            {
                logger.ConsumingInterrupted(queue, failure.Kind());
                await Task.Delay(AfterFailure, cancellationToken);
            }
        }
    }

    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        var connection = await broker.OpenAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellationToken);

        // The prefetch is its bound.
        var arrived = Channel.CreateUnbounded<Arrival>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            arrived.Writer.TryWrite(Read(delivery));
            return Task.CompletedTask;
        };
        channel.ChannelShutdownAsync += (_, _) => EndAsync();
        consumer.UnregisteredAsync += (_, _) => EndAsync();
        try
        {
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            await broker.DeclareAgainAsync(cancellationToken);
            throw;
        }

        while (await arrived.Reader.WaitToReadAsync(cancellationToken))
        {
            var arrivals = new List<Arrival>();
            while (arrivals.Count < Prefetch && arrived.Reader.TryRead(out var arrival))
            {
                arrivals.Add(arrival);
            }

            await TakeAsync(channel, arrivals, cancellationToken);
        }

        Task EndAsync()
        {
            arrived.Writer.TryComplete();
            return Task.CompletedTask;
        }
    }

    private static Arrival Read(BasicDeliverEventArgs delivery)
    {
        var headers = delivery.BasicProperties.Headers;
        return new Arrival(
            delivery.DeliveryTag, EventEnvelope.Read(delivery.Body),
            headers?.TryGetValue("x-delivery-count", out var count) is true ? Convert.ToInt32(count, System.Globalization.CultureInfo.InvariantCulture) : 0,
            headers?.TryGetValue("x-first-death-reason", out var reason) is true && reason is byte[] word ? System.Text.Encoding.UTF8.GetString(word) : "");
    }
}

/// <summary>Hands the events of the platform's queue to the platform's consumers. Of all instances one is active, so that order holds.</summary>
internal sealed class PlatformConsumer(RabbitMqConnection broker, EventConsumers consumers, ILogger<PlatformConsumer> logger)
    : RabbitMqConsumer(broker, EventTopology.PlatformQueue, logger)
{
    // What somebody could not act on is given back after a while; by the last, whatever was in its way has had its time.
    private static readonly int[] SecondsBefore = [0, 1, 2, 5, 10, 10];

    protected override async Task TakeAsync(IChannel channel, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var events = arrivals.Select(arrival => arrival.Event).OfType<OutboxEvent>().ToList();
        var failed = await OnceTheDatabaseIsThereAsync(() => consumers.ConsumeAsync(events, cancellationToken), cancellationToken);
        foreach (var arrival in arrivals)
        {
            if (arrival.Event is null)
            {
                await channel.BasicRejectAsync(arrival.Tag, requeue: false, cancellationToken);
            }
            else if (failed.ContainsKey(arrival.Event.Id))
            {
                _ = GiveBackAsync(channel, arrival, cancellationToken);
            }
            else
            {
                await channel.BasicAckAsync(arrival.Tag, multiple: false, cancellationToken);
            }
        }
    }

    private async Task GiveBackAsync(IChannel channel, Arrival arrival, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(SecondsBefore[Math.Min(arrival.GivenBack, SecondsBefore.Length - 1)]), cancellationToken);
            await channel.BasicNackAsync(arrival.Tag, multiple: false, requeue: true, cancellationToken);
        }
        catch (Exception ended) when (ended is OperationCanceledException or AlreadyClosedException or ObjectDisposedException)
        {
            // With its channel went everything that was not acknowledged: the broker hands it out again.
            logger.ConsumingInterrupted(EventTopology.PlatformQueue, ended.Kind());
        }
    }
}

/// <summary>Puts dead letters where an admin finds them.</summary>
internal sealed class DeadLetterConsumer(RabbitMqConnection broker, DeadLetters deadLetters, ILogger<DeadLetterConsumer> logger)
    : RabbitMqConsumer(broker, EventTopology.DeadLetterQueue, logger)
{
    protected override async Task TakeAsync(IChannel channel, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        foreach (var arrival in arrivals)
        {
            await OnceTheDatabaseIsThereAsync(() => KeepAsync(arrival, cancellationToken), cancellationToken);
            await channel.BasicAckAsync(arrival.Tag, multiple: false, cancellationToken);
        }
    }

    private async Task<bool> KeepAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        try
        {
            if (arrival.Event is { } happened)
            {
                await deadLetters.KeepAsync(happened, arrival.Reason, EventTopology.DeliveryLimit + 1, cancellationToken);
                return true;
            }
        }
        catch (PostgresException refused) when (!EventConsumers.WillPass(refused))
        {
            // It looks like one of ours and holds what the database cannot: it must not be in the others' way for good.
            logger.ConsumingInterrupted(EventTopology.DeadLetterQueue, refused.Kind());
        }

        await deadLetters.KeepUnreadableAsync(cancellationToken);
        return true;
    }
}
