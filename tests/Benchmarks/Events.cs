using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Chat.Benchmarks;

/// <summary>
/// Events on their way out, with a RabbitMQ of our own: the broker away, killed over and over, without a binding; two instances; and how
/// fast the relay is beside a publisher that does nothing else. What arrives is heard on a durable queue of our own.
/// </summary>
internal static class Events
{
    private const string Exchange = "chat.events";
    private const string PlatformQueue = "chat.platform.events";
    private const string OurQueue = "bench.events";
    private const int Kills = 20;
    private const int EventsInKills = 20_000;
    private const int EventsOfTwo = 20_000;
    private const int EventsInRace = 20_000;
    private const int RatePerSecond = 100;

    /// <param name="seconds">How long the broker is away, and the binding is gone at most a minute.</param>
    /// <param name="only">One of away, killed, unbound, two, speed; all of them otherwise.</param>
    public static async Task RunAsync(int seconds, string? only)
    {
        await using var broker = await Broker.StartAsync();
        await using var product = await Product.StartAsync(port: 18_700, new Dictionary<string, string> { ["RabbitMq__Uri"] = broker.Uri });
        await DeclareAsync(broker);
        foreach (var (name, measure) in new (string, Func<Task>)[]
        {
            ("away", () => AwayAsync(product, broker, TimeSpan.FromSeconds(seconds))),
            ("unbound", () => UnboundAsync(product, broker, TimeSpan.FromSeconds(Math.Min(seconds, 60)))),
            ("speed", () => RaceAsync(product, broker)),
            ("two", () => TwoAsync(product, broker)),
            ("killed", () => KilledAsync(product, broker)),
        })
        {
            if (only is null || only == name)
            {
                await measure();
            }
        }
    }

    private static async Task AwayAsync(Product product, Broker broker, TimeSpan length)
    {
        await SendAsync(product, TimeSpan.FromSeconds(10));
        await UntilSentAsync(product);
        await HearAsync(broker);
        var before = await product.CountAsync("select count(*) from outbox");
        var with = await SendAsync(product, length);
        await broker.KillAsync();
        var without = await SendAsync(product, length);
        var ready = await StatusAsync(product);
        await broker.StartAgainAsync();
        var returned = Stopwatch.GetTimestamp();
        await UntilSentAsync(product);
        var drained = Stopwatch.GetElapsedTime(returned);
        var again = await SendAsync(product, length);
        await UntilSentAsync(product);
        var made = await product.CountAsync("select count(*) from outbox") - before;
        var heard = await HearAsync(broker, made);
        var (up, down) = (with.Concat(again).Percentile(0.95), without.Percentile(0.95));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"broker away for {length.TotalSeconds:0} s at {RatePerSecond} messages/s: {made - heard.Distinct} of {made} events lost ({heard.All - heard.Distinct} heard twice), readiness \"{ready}\", "
            + $"drained {drained.TotalSeconds:0.0} s after it was back; API p95 {up:0.00} ms with it, {down:0.00} ms without ({(down / up) - 1:+0 %;-0 %})"));
    }

    private static async Task UnboundAsync(Product product, Broker broker, TimeSpan length)
    {
        const int events = 1000;

        await HearAsync(broker);
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueUnbindAsync(PlatformQueue, Exchange, "#");
        await channel.QueueUnbindAsync(OurQueue, Exchange, "#");
        await Flood.PourAsync(product.Database.Superuser, Guid.CreateVersion7(), events, conversations: 100);
        await Task.Delay(length);
        var marked = events - await product.CountAsync("select count(*) from outbox where published_at is null");
        await channel.QueueBindAsync(OurQueue, Exchange, "#");
        await channel.QueueBindAsync(PlatformQueue, Exchange, "#");
        var returned = Stopwatch.GetTimestamp();
        await UntilSentAsync(product);
        var drained = Stopwatch.GetElapsedTime(returned);
        var heard = await HearAsync(broker, events);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"no binding for {length.TotalSeconds:0} s: {marked} of {events} events marked as sent; with it again all went out in {drained.TotalSeconds:0.0} s, {events - heard.Distinct} lost"));
    }

    private static async Task KilledAsync(Product product, Broker broker)
    {
        const int each = EventsInKills / Kills;

        await HearAsync(broker);
        var acted = await product.CountAsync("select count(*) from event_inbox");
        var (random, affiliate, within) = (new Random(7), Guid.CreateVersion7(), 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            // The relay looks by itself every second: the kill comes somewhere before, within or after its publishing.
            await Flood.PourAsync(product.Database.Superuser, affiliate, each, conversations: 100, after: kill * each);
            await Task.Delay(random.Next(200, 1300));
            within += await product.CountAsync("select count(*) from outbox where published_at is null") > 0 ? 1 : 0;
            await broker.KillAsync();
            await broker.StartAgainAsync();
        }

        await UntilSentAsync(product);
        var heard = await HearAsync(broker, EventsInKills);
        await UntilAsync(async () => await product.CountAsync("select count(*) from event_inbox") - acted >= EventsInKills);
        acted = await product.CountAsync("select count(*) from event_inbox") - acted;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"broker killed {Kills} times ({within} of them with events still to publish) while publishing {EventsInKills}: {EventsInKills - heard.Distinct} lost at the consumer, "
            + $"{heard.All - heard.Distinct} heard twice; the platform acted on {acted}, each once"));
    }

    private static async Task TwoAsync(Product product, Broker broker)
    {
        var second = new Uri("http://127.0.0.1:18701");
        await product.StartInstanceAsync(second);
        await HearAsync(broker);
        var affiliate = Guid.CreateVersion7();
        for (var part = 0; part < 20; part++)
        {
            await Flood.PourAsync(product.Database.Superuser, affiliate, EventsOfTwo / 20, conversations: 200, after: part * (EventsOfTwo / 20));
        }

        await UntilSentAsync(product);
        var heard = await HearAsync(broker, EventsOfTwo);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"two instances, {EventsOfTwo} events: {EventsOfTwo - heard.Distinct} lost, {heard.All - heard.Distinct} heard twice, {heard.OutOfOrder} out of their conversation's order"));
        await product.KillAsync(second);
    }

    /// <summary>The relay, and a publisher with confirms that has the same bodies in memory, one after the other, twice.</summary>
    private static async Task RaceAsync(Product product, Broker broker)
    {
        var (relay, bare) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            await HearAsync(broker);
            bare.Add(await PublishBareAsync(broker));
            await HearAsync(broker);
            relay.Add(await RelayAsync(product));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"relay {relay.Median():0} events/s, bare publisher with confirms {bare.Median():0}/s: {relay.Median() / bare.Median():0.00} of it"));
    }

    private static async Task<double> RelayAsync(Product product)
    {
        // From the first batch's mark to the last's, so that what comes before the first is not in it.
        const string sql = """
            select (count(*) - min(first))::float8 / extract(epoch from max(published_at) - min(published_at))
            from (
                select published_at, count(*) filter (where published_at = begun) over () as first
                from (select published_at, min(published_at) over () as begun from outbox where affiliate_id = @affiliate) as marked
            ) as counted
            """;

        var affiliate = Guid.CreateVersion7();
        await Flood.PourAsync(product.Database.Superuser, affiliate, EventsInRace, conversations: 2000);
        await UntilSentAsync(product);
        await using var connection = new NpgsqlConnection(product.Database.Superuser);
        return await connection.ExecuteScalarAsync<double>(sql, new { affiliate });
    }

    private static async Task<double> PublishBareAsync(Broker broker)
    {
        const int inFlight = 1000;

        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, null));
        var affiliateId = Guid.CreateVersion7();
        var bodies = Enumerable.Range(0, EventsInRace).Select(number => JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = Guid.NewGuid(), type = "conversation.message.outbound", source = "chat", time = DateTimeOffset.UtcNow, affiliateId, subject = Guid.NewGuid(),
            sequence = number, data = new { conversationId = Guid.NewGuid(), programId = Guid.NewGuid(), messageId = Guid.NewGuid(), messageSequence = number },
        })).ToList();
        var began = Stopwatch.GetTimestamp();
        foreach (var batch in bodies.Chunk(inFlight))
        {
            await Task.WhenAll(batch.Select(body => channel.BasicPublishAsync(
                Exchange, "bare.conversation.message.outbound", mandatory: true,
                new BasicProperties { Persistent = true, MessageId = Guid.NewGuid().ToString(), ContentType = "application/json" }, body).AsTask()));
        }

        return EventsInRace / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Messages from people who are waiting, at the steady rate; each one's time in milliseconds.</summary>
    private static async Task<double[]> SendAsync(Product product, TimeSpan length)
    {
        var count = (int)(length.TotalSeconds * RatePerSecond);
        var requests = Enumerable.Range(0, count).Select(index => Webhooks.Make(product.Address, Webhooks.Texter(800_000 + (index % 200)))).ToList();
        return (await Webhooks.SendAsync(product.Address, requests, 16, RatePerSecond)).Milliseconds;
    }

    private static async Task<string> StatusAsync(Product product)
    {
        using var http = new HttpClient { BaseAddress = product.Address };
        return JsonDocument.Parse(await http.GetStringAsync("/readyz")).RootElement.GetProperty("status").GetString()!;
    }

    private static Task UntilSentAsync(Product product) => UntilAsync(async () => await product.CountAsync("select count(*) from outbox where published_at is null") == 0);

    private static async Task UntilAsync(Func<Task<bool>> look)
    {
        for (var began = Stopwatch.GetTimestamp(); !await look(); await Task.Delay(50))
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(3))
            {
                throw new InvalidOperationException("It does not come to an end.");
            }
        }
    }

    private static async Task DeclareAsync(Broker broker)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(OurQueue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(OurQueue, Exchange, "#");
    }

    /// <summary>Takes what has arrived on our queue: until so many different events were heard, or for two seconds nothing came.</summary>
    private static async Task<Heard> HearAsync(Broker broker, long atLeast = 0)
    {
        var (ids, order, all, outOfOrder) = (new HashSet<Guid>(), new Dictionary<Guid, long>(), 0L, 0L);
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicQosAsync(0, 500, global: false);
        var last = Stopwatch.GetTimestamp();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            using var document = JsonDocument.Parse(delivery.Body);
            var (id, subject) = (document.RootElement.GetProperty("id").GetGuid(), document.RootElement.GetProperty("subject").GetGuid());
            var sequence = document.RootElement.GetProperty("sequence").GetInt64();
            all++;
            if (ids.Add(id))
            {
                outOfOrder += sequence < order.GetValueOrDefault(subject) ? 1 : 0;
                order[subject] = sequence;
            }

            Volatile.Write(ref last, Stopwatch.GetTimestamp());
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(OurQueue, autoAck: false, consumer);

        // A while longer than the last one, for those that come twice.
        var patience = TimeSpan.FromSeconds(atLeast > 0 ? 20 : 2);
        while (Stopwatch.GetElapsedTime(Volatile.Read(ref last)) < (ids.Count >= atLeast ? TimeSpan.FromSeconds(2) : patience))
        {
            await Task.Delay(50);
        }

        return new Heard(ids.Count, all, outOfOrder);
    }

    private sealed record Heard(long Distinct, long All, long OutOfOrder);
}
