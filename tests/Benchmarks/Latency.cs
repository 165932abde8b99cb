using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Chat.Benchmarks;

/// <summary>From a provider's call leaving to the event on a responder's screen stream, at a steady rate of messages from people who are waiting.</summary>
internal static class Latency
{
    private const int Texters = 200;

    public static async Task RunAsync(Product product)
    {
        using var responder = await product.AddResponderAsync("listener");
        var arrivals = new ConcurrentDictionary<long, long>();
        long heard = 0;
        using var stop = new CancellationTokenSource();
        var stream = await responder.GetStreamAsync("/api/desk/stream");
        var listening = Task.Run(async () =>
        {
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                if (line == "event: conversation.message.inbound")
                {
                    arrivals[Interlocked.Increment(ref heard)] = Stopwatch.GetTimestamp();
                }
            }
        });

        await Webhooks.SendAsync(product.Address, [.. Enumerable.Range(0, Texters).Select(texter => Webhooks.Make(product.Address, Webhooks.Texter(900_000 + texter)))], 8);
        await Task.Delay(500);
        foreach (var rate in new[] { 50, 200, 500 })
        {
            var count = rate * 10;
            var before = Interlocked.Read(ref heard);
            var requests = Enumerable.Range(0, count).Select(index => Webhooks.Make(product.Address, Webhooks.Texter(900_000 + (index % Texters)))).ToList();
            var began = Stopwatch.GetTimestamp();
            var (_, times) = await Webhooks.SendAsync(product.Address, requests, 16, rate);
            await Task.Delay(500);

            // At a steady rate the n-th event belongs to the n-th call to within its neighbours: the calls' own schedule is the clock.
            var delays = Enumerable.Range(0, count).Where(index => arrivals.ContainsKey(before + index + 1))
                .Select(index => Stopwatch.GetElapsedTime(began, arrivals[before + index + 1]).TotalMilliseconds - (index * 1000.0 / rate)).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"latency at {rate}/s: webhook p50 {times.Percentile(0.5):0.0} p95 {times.Percentile(0.95):0.0} p99 {times.Percentile(0.99):0.0} ms; "
                + $"webhook → screen p50 {delays.Percentile(0.5):0.0} p95 {delays.Percentile(0.95):0.0} p99 {delays.Percentile(0.99):0.0} ms; {delays.Count} of {count} heard"));
        }

        await stop.CancelAsync();
        stream.Close();
        await Task.WhenAny(listening, Task.Delay(1000));
    }
}
