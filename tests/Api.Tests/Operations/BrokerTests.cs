using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Chat.Api.Tests.Operations;

/// <summary>With a broker the same job is done through it. The broker is the one that CHAT_TEST_RABBITMQ names.</summary>
[Collection(ApiSuite.Name)]
public sealed class BrokerTests(ChatApi api)
{
    private static readonly string? Broker = Environment.GetEnvironmentVariable("CHAT_TEST_RABBITMQ");

    [BrokerFact]
    public async Task Events_are_published_with_ids_only_and_replies_go_out()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = api.Start(
            ("RabbitMq:Uri", Broker!), ("ConnectionStrings:Chat", database.Chat), ("ConnectionStrings:ChatMigrations", database.Owner), ("ConnectionStrings:Keys", database.Keys));
        var affiliate = await TestAffiliate.CreateAsync(api, host.Address);
        await affiliate.GivenKeywordAsync("HELLO", response: "Somebody will be with you.");
        await using var connection = await new ConnectionFactory { Uri = new Uri(Broker!) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync();
        await Eventually.Is(
            async () => (await (await new Client(host.Address).GetAsync("/readyz")).ReadAsync(200)).GetProperty("components").GetProperty("broker").GetString() == "ok",
            "the broker is connected");
        await channel.QueueBindAsync(queue.QueueName, "chat.events", $"{affiliate.Id}.#");
        var events = new List<(string RoutingKey, JsonElement Body)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            lock (events)
            {
                events.Add((delivery.RoutingKey, JsonDocument.Parse(delivery.Body.ToArray()).RootElement));
            }

            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        var texter = affiliate.NewTexter();

        Assert.Equal(200, (await affiliate.TextAsync(texter, "hello", to: host.Address)).Status);

        await Eventually.Is(async () => api.Twilio.To(affiliate.AccountSid, texter).Count == 1, "the answer goes out");
        await Eventually.Is(async () => events.Count >= 4, "all events are published");
        Assert.Equal(
            [
                $"{affiliate.Id}.conversation.created", $"{affiliate.Id}.conversation.message.inbound", $"{affiliate.Id}.conversation.message.outbound",
                $"{affiliate.Id}.message.status.changed",
            ],
            events.Select(happened => happened.RoutingKey));
        Assert.All(events, happened =>
        {
            Assert.Equal(affiliate.Id, happened.Body.GetProperty("affiliateId").GetGuid());
            Assert.DoesNotContain("hello", happened.Body.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(texter[1..], happened.Body.ToString(), StringComparison.Ordinal);
        });
        Assert.Equal([1, 2, 3, 4], events.Select(happened => happened.Body.GetProperty("sequence").GetInt32()));
    }
}

/// <summary>A test that needs a broker; without one it says so and is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CHAT_TEST_RABBITMQ")))
        {
            Skip = "CHAT_TEST_RABBITMQ names no broker.";
        }
    }
}
