using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Chat.Infrastructure.Messaging;

/// <summary>Hands the events of the platform's queue to the platform's consumers; one is acknowledged once it has been acted on.</summary>
internal sealed class RabbitMqConsumer(RabbitMqConnection broker, EventConsumers consumers, ILogger<RabbitMqConsumer> logger) : BackgroundService
{
    private const ushort Prefetch = 200;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);

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
                logger.ListeningFailed(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        var connection = await broker.OpenAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellationToken);
        var ended = new TaskCompletionSource();
        channel.ChannelShutdownAsync += (_, _) =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            if (EventEnvelope.Read(delivery.Body) is { } happened)
            {
                await consumers.ConsumeAsync([happened], CancellationToken.None);
            }

            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
        };
        await channel.BasicConsumeAsync(RabbitMqConnection.PlatformQueue, autoAck: false, consumer, cancellationToken);
        await ended.Task.WaitAsync(cancellationToken);
    }
}
