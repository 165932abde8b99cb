using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Chat.Infrastructure.Messaging;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
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

    [BrokerFact]
    public async Task While_the_broker_is_away_everything_works_and_nothing_is_lost()
    {
        await using var installation = await Installation.StartAsync(api);
        var affiliate = await TestAffiliate.CreateAsync(api, installation.Hosts[0].Address);
        await using var listener = await Listener.StartAsync(affiliate.Id);
        installation.Cable.Cut();
        await Eventually.Is(() => installation.IsAsync("degraded"), "readiness says that something waits");

        var texters = Enumerable.Range(0, 20).Select(_ => affiliate.NewTexter()).ToList();
        foreach (var texter in texters.Concat(texters))
        {
            Assert.Equal(200, (await affiliate.TextAsync(texter, "is anybody there", to: installation.Hosts[0].Address)).Status);
        }

        Assert.Empty(listener.Heard);
        Assert.Equal(0, await installation.CountAsync("select count(*) from outbox where published_at is not null and created_at > now() - interval '10 seconds'"));
        installation.Cable.Mend();

        await Eventually.Is(() => installation.IsAsync("ready"), "readiness says that it is back");
        await installation.UntilAllAreSentAsync();
        await Eventually.Is(async () => listener.Heard.DistinctBy(heard => heard.Id).Count() == await installation.CountAsync("select count(*) from outbox"), "all are heard");
        listener.MustBeInOrder();
    }

    [BrokerFact]
    public async Task A_broker_that_is_there_and_takes_nothing_is_said_to_be_failing()
    {
        await using var installation = await Installation.StartAsync(api);

        await installation.Cable.SayBlockedAsync();
        await Eventually.Is(() => installation.IsAsync("degraded"), "readiness says that something waits");
        await installation.Cable.SayUnblockedAsync();
        await Eventually.Is(() => installation.IsAsync("ready"), "readiness says that it is back");

        await installation.Cable.SayBlockedAsync();
        await Eventually.Is(() => installation.IsAsync("degraded"), "readiness says that something waits");
        installation.Cable.Cut();
        installation.Cable.Mend();
        await Eventually.Is(() => installation.IsAsync("ready"), "another connection is not blocked");
    }

    [BrokerFact]
    public async Task Events_that_have_no_way_are_not_marked_as_sent()
    {
        await using var installation = await Installation.StartAsync(api);
        await using var connection = await Listener.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueUnbindAsync(EventTopology.PlatformQueue, EventTopology.Exchange, "#");
        try
        {
            await Flood.PourAsync(installation.Database.Superuser, Guid.CreateVersion7(), events: 100, conversations: 20);
            await Task.Delay(TimeSpan.FromSeconds(3));

            Assert.Equal(0, await installation.CountAsync("select count(*) from outbox where published_at is not null"));
        }
        finally
        {
            await channel.QueueBindAsync(EventTopology.PlatformQueue, EventTopology.Exchange, "#");
        }

        await Eventually.Is(() => Task.FromResult(installation.Consumer.Acted.Count == 100), "all are acted on");
        await installation.UntilAllAreSentAsync();
    }

    [BrokerFact]
    public async Task What_somebody_removed_from_the_broker_is_made_again()
    {
        await using var installation = await Installation.StartAsync(api);
        await using var connection = await Listener.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();

        await channel.ExchangeDeleteAsync(EventTopology.Exchange);
        await Flood.PourAsync(installation.Database.Superuser, Guid.CreateVersion7(), events: 100, conversations: 20);
        await Eventually.Is(() => Task.FromResult(installation.Consumer.Acted.Count == 100), "the exchange is there again");

        await channel.QueueDeleteAsync(EventTopology.PlatformQueue);
        await channel.QueueDeleteAsync(EventTopology.DeadLetterQueue);
        await Flood.PourAsync(installation.Database.Superuser, Guid.CreateVersion7(), events: 100, conversations: 20);
        await Eventually.Is(() => Task.FromResult(installation.Consumer.Acted.Count == 200), "the queue is there again");
        await installation.UntilAllAreSentAsync();
        await Eventually.Is(async () => (await channel.QueueDeclarePassiveAsync(EventTopology.DeadLetterQueue)).ConsumerCount > 0, "so is that of the dead letters");
    }

    [BrokerFact]
    public async Task A_conversation_whose_event_has_no_way_waits_and_the_others_go_on()
    {
        await using var installation = await Installation.StartAsync(api);
        var (stuck, free) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var listener = await Listener.StartAsync(free);
        await using var connection = await Listener.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueUnbindAsync(EventTopology.PlatformQueue, EventTopology.Exchange, "#");
        try
        {
            await Flood.PourAsync(installation.Database.Superuser, stuck, events: 50, conversations: 5);
            await Flood.PourAsync(installation.Database.Superuser, free, events: 200, conversations: 20);

            await Eventually.Is(() => Task.FromResult(listener.Heard.Count == 200), "the others go on");
            Assert.Equal(50, await installation.CountAsync("select count(*) from outbox where published_at is null"));
            listener.MustBeInOrder();
        }
        finally
        {
            await channel.QueueBindAsync(EventTopology.PlatformQueue, EventTopology.Exchange, "#");
        }

        await installation.UntilAllAreSentAsync();
    }

    [BrokerFact]
    public async Task Of_a_thousand_events_with_a_poisonous_one_the_others_are_on_time_and_it_is_a_dead_letter()
    {
        await using var installation = await Installation.StartAsync(api);
        var affiliate = Guid.CreateVersion7();
        installation.Consumer.CannotActOn = happened => happened.Sequence == 7 && happened.AffiliateId == affiliate;
        await Flood.PourAsync(installation.Database.Superuser, Guid.CreateVersion7(), events: 500, conversations: 50);
        await Flood.PourAsync(installation.Database.Superuser, affiliate, events: 10, conversations: 1);
        var began = Stopwatch.GetTimestamp();
        await Flood.PourAsync(installation.Database.Superuser, Guid.CreateVersion7(), events: 490, conversations: 49);

        await Eventually.Is(() => Task.FromResult(installation.Consumer.Acted.Count == 999), "the others are acted on", seconds: 10);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 10);
        await Eventually.Is(async () => await installation.CountAsync("select count(*) from dead_letters") == 1, "it is a dead letter", seconds: 40);
        var platform = await ChatApi.SignInAsync(installation.Hosts[0].Address, ChatApi.AdminEmail, ChatApi.Password);
        var letter = Assert.Single((await (await platform.GetAsync("/api/admin/events/dead-letters")).ReadAsync(200)).GetProperty("items").EnumerateArray());
        Assert.Equal("delivery_limit", letter.GetProperty("reason").GetString());
        Assert.Equal(7, letter.GetProperty("sequence").GetInt32());

        installation.Consumer.CannotActOn = _ => false;
        await (await platform.PostAsync($"/api/admin/events/dead-letters/{letter.GetProperty("id").GetGuid()}/replay")).ReadAsync(204);

        Assert.Equal(1000, installation.Consumer.Acted.DistinctBy(happened => happened.Id).Count());
        Assert.Equal(1000, installation.Consumer.Acted.Count);
    }

    [BrokerFact]
    public async Task What_is_no_event_of_ours_is_put_aside_unread()
    {
        await using var installation = await Installation.StartAsync(api);
        await using var connection = await Listener.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();

        await channel.BasicPublishAsync(EventTopology.Exchange, "somebody.else", mandatory: true, "{\"text\": \"not an event\"}"u8.ToArray());

        await Eventually.Is(async () => await installation.CountAsync("select count(*) from dead_letters where type = 'unreadable' and data is null") == 1, "it is put aside");
        var platform = await ChatApi.SignInAsync(installation.Hosts[0].Address, ChatApi.AdminEmail, ChatApi.Password);
        var letter = (await (await platform.GetAsync("/api/admin/events/dead-letters")).ReadAsync(200)).GetProperty("items")[0];
        (await platform.PostAsync($"/api/admin/events/dead-letters/{letter.GetProperty("id").GetGuid()}/replay")).Problem(409, "event.unreadable");
    }

    [BrokerFact]
    public async Task A_dead_letter_that_cannot_be_kept_as_it_is_does_not_keep_others_from_being_found()
    {
        await using var installation = await Installation.StartAsync(api);
        await using var connection = await Listener.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var (type, data, time) in new[]
        {
            ("\"a\"", """{"word": "\u0000"}""", "2026-03-01T10:00:00Z"), ("null", "{}", "2026-03-01T10:00:00Z"), ("\"good\"", "{}", "2026-03-01T10:00:00+02:00"),
        })
        {
            var body = $$"""
                {"id": "{{Guid.NewGuid()}}", "affiliateId": "{{Guid.NewGuid()}}", "subject": "{{Guid.NewGuid()}}", "sequence": 1, "type": {{type}}, "data": {{data}}, "time": "{{time}}"}
                """;
            await channel.BasicPublishAsync(EventTopology.DeadLetterExchange, "", mandatory: true, System.Text.Encoding.UTF8.GetBytes(body));
        }

        await Eventually.Is(async () => await installation.CountAsync("select count(*) from dead_letters") == 3, "all of them are put aside");
        Assert.Equal(2, await installation.CountAsync("select count(*) from dead_letters where type = 'unreadable' and event_id is null"));
        Assert.Equal(1, await installation.CountAsync("select count(*) from dead_letters where type = 'good' and happened_at = '2026-03-01T08:00:00Z'"));
    }

    [BrokerFact]
    public async Task Nothing_is_lost_when_the_connection_breaks_while_publishing()
    {
        await using var installation = await Installation.StartAsync(api);
        var affiliate = Guid.CreateVersion7();
        await using var listener = await Listener.StartAsync(affiliate);
        for (var cut = 0; cut < 5; cut++)
        {
            await Flood.PourAsync(installation.Database.Superuser, affiliate, events: 1000, conversations: 100, after: cut * 1000);
            await Task.Delay(200 * (cut + 1));
            installation.Cable.Cut();
            await Task.Delay(100);
            installation.Cable.Mend();
        }

        await installation.UntilAllAreSentAsync();
        await Eventually.Is(() => Task.FromResult(listener.Heard.DistinctBy(heard => heard.Id).Count() == 5000), "all are heard");
        await Eventually.Is(() => Task.FromResult(installation.Consumer.Acted.Count >= 5000), "all are acted on");
        Assert.Equal(5000, installation.Consumer.Acted.DistinctBy(happened => happened.Id).Count());
    }

    [BrokerFact]
    public async Task Two_instances_publish_each_event_once_and_in_its_conversations_order()
    {
        await using var installation = await Installation.StartAsync(api, instances: 2);
        var affiliate = Guid.CreateVersion7();
        await using var listener = await Listener.StartAsync(affiliate);

        for (var part = 0; part < 4; part++)
        {
            await Flood.PourAsync(installation.Database.Superuser, affiliate, events: 500, conversations: 50, after: part * 500);
        }

        await installation.UntilAllAreSentAsync();
        await Eventually.Is(() => Task.FromResult(listener.Heard.Count >= 2000 && installation.Consumer.Acted.Count >= 2000), "all are heard and acted on");
        Assert.Equal(2000, listener.Heard.Count);
        Assert.Equal(2000, listener.Heard.DistinctBy(heard => heard.Id).Count());
        Assert.Equal(2000, installation.Consumer.Acted.Count);
        listener.MustBeInOrder();
        Assert.All(installation.Consumer.Acted.GroupBy(happened => happened.Subject), ofConversation =>
            Assert.Equal(Enumerable.Range(1, 40), ofConversation.Select(happened => (int)happened.Sequence)));
    }

    /// <summary>Instances on a database of their own, with a line to the broker that can be cut.</summary>
    private sealed class Installation(TestDatabase database, Cable cable, RecordingConsumer consumer) : IAsyncDisposable
    {
        public TestDatabase Database { get; } = database;

        public Cable Cable { get; } = cable;

        public RecordingConsumer Consumer { get; } = consumer;

        public List<ChatApi.Host> Hosts { get; } = [];

        public static async Task<Installation> StartAsync(ChatApi api, int instances = 1)
        {
            var installation = new Installation(await TestDatabase.CreateAsync(), new Cable(Broker!), new RecordingConsumer());
            for (var started = 0; started < instances; started++)
            {
                installation.Hosts.Add(api.Start(
                    services => services.AddSingleton<IEventConsumer>(installation.Consumer),
                    ("RabbitMq:Uri", installation.Cable.Uri), ("ConnectionStrings:Chat", installation.Database.Chat),
                    ("ConnectionStrings:ChatMigrations", installation.Database.Owner), ("ConnectionStrings:Keys", installation.Database.Keys)));
            }

            await Eventually.Is(() => installation.IsAsync("ready"), "the broker is connected");
            return installation;
        }

        public async Task<bool> IsAsync(string status) =>
            (await (await new Client(Hosts[0].Address).GetAsync("/readyz")).ReadAsync(200)).GetProperty("status").GetString() == status;

        public async Task<long> CountAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(Database.Superuser);
            return await connection.ExecuteScalarAsync<long>(sql);
        }

        public Task UntilAllAreSentAsync() =>
            Eventually.Is(async () => await CountAsync("select count(*) from outbox where published_at is null") == 0, "all events are sent", seconds: 40);

        public async ValueTask DisposeAsync()
        {
            foreach (var host in Hosts)
            {
                await host.DisposeAsync();
            }

            await Cable.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    /// <summary>Somebody outside who hears all events of an affiliate.</summary>
    private sealed class Listener(IConnection connection) : IAsyncDisposable
    {
        public ConcurrentQueue<(Guid Id, Guid Subject, long Sequence)> Heard { get; } = new();

        public static Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = new Uri(Broker!) }.CreateConnectionAsync();

        public static async Task<Listener> StartAsync(Guid affiliate)
        {
            var connection = await ConnectAsync();
            var listener = new Listener(connection);
            var channel = await connection.CreateChannelAsync();
            var queue = await channel.QueueDeclareAsync();
            await channel.QueueBindAsync(queue.QueueName, EventTopology.Exchange, $"{affiliate}.#");
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivery) =>
            {
                using var document = JsonDocument.Parse(delivery.Body);
                var body = document.RootElement;
                listener.Heard.Enqueue((body.GetProperty("id").GetGuid(), body.GetProperty("subject").GetGuid(), body.GetProperty("sequence").GetInt64()));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
            return listener;
        }

        /// <summary>Repeats aside, each conversation's events came in its order.</summary>
        public void MustBeInOrder() =>
            Assert.All(Heard.DistinctBy(heard => heard.Id).GroupBy(heard => heard.Subject), ofConversation =>
                Assert.Equal(ofConversation.Select(heard => heard.Sequence).Order(), ofConversation.Select(heard => heard.Sequence)));

        public ValueTask DisposeAsync() => connection.DisposeAsync();
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
