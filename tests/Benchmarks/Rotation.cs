using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Chat.Benchmarks;

/// <summary>
/// An affiliate's key is replaced while fifty requests a second come in: texts, reads and answers. None may fail, and in the end nothing
/// may be left under the old key.
/// </summary>
internal static class Rotation
{
    private const int Conversations = 5_000;
    private const int PerSecond = 50;

    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Encryption__OldKeyGraceSeconds"] = "20" };

    public static async Task RunAsync(Product product)
    {
        using var responder = await product.AddResponderAsync("rotator");
        await Webhooks.SendAsync(product.Address, [.. Enumerable.Range(0, Conversations).Select(texter => Webhooks.Make(product.Address, Webhooks.Texter(600_000 + texter)))], 16);
        var mine = await Product.PostAsync(responder, "/api/queue/claim", new { });
        var path = $"/api/conversations/{mine.GetProperty("id").GetGuid()}/messages";
        var old = (await KeysAsync(product))[0];
        Console.WriteLine($"rotation: {old.GetProperty("values").GetInt64()} values under the old key, {PerSecond} requests a second");

        var failures = new ConcurrentDictionary<string, int>();
        var times = new ConcurrentBag<double>();
        using var stop = new CancellationTokenSource();
        var traffic = SendAsync(product, responder, path, failures, times, stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(5));
        await Product.PostAsync(product.Admin, "/api/admin/encryption/rotate", new { });
        var began = Stopwatch.GetTimestamp();
        var seen = "";
        while (seen != "destroyed")
        {
            await Task.Delay(500);
            var now = (await KeysAsync(product)).Single(key => key.GetProperty("keyId").GetGuid() == old.GetProperty("keyId").GetGuid());
            if (now.GetProperty("state").GetString() is { } state && state != seen)
            {
                Console.WriteLine($"  after {Stopwatch.GetElapsedTime(began).TotalSeconds,5:0.0} s: {state}, {now.GetProperty("values").GetInt64()} left");
                seen = state;
            }
        }

        await stop.CancelAsync();
        await traffic;
        var sorted = times.Order().ToList();
        Console.WriteLine($"  {sorted.Count} requests meanwhile: p50 {sorted[sorted.Count / 2]:0.0} ms, p99 {sorted[sorted.Count * 99 / 100]:0.0} ms, longest {sorted[^1]:0.0} ms");
        Console.WriteLine($"  {(failures.IsEmpty ? "ok  " : "WRONG")} failed requests: {failures.Values.Sum()} {string.Join(", ", failures.Keys)}");
    }

    private static async Task SendAsync(
        Product product, HttpClient responder, string path, ConcurrentDictionary<string, int> failures, ConcurrentBag<double> times, CancellationToken stop)
    {
        var (began, running) = (Stopwatch.GetTimestamp(), new List<Task>());
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            if (TimeSpan.FromSeconds(number / (double)PerSecond) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, CancellationToken.None);
            }

            var turn = number;
            running.Add(Task.Run(() => OneAsync(turn), CancellationToken.None));
        }

        await Task.WhenAll(running);

        async Task OneAsync(int turn)
        {
            var sent = Stopwatch.GetTimestamp();
            try
            {
                switch (turn % 5)
                {
                    case 0:
                        await Webhooks.SendAsync(product.Address, [Webhooks.Make(product.Address, Webhooks.Texter(700_000 + turn))], 1);
                        break;
                    case 1:
                        await CountAsync(HttpStatusCode.Created, responder.PostAsJsonAsync(path, new { content = "I am here.", kind = "note" }, CancellationToken.None));
                        break;
                    case 2:
                        await CountAsync(HttpStatusCode.OK, product.Admin.GetAsync(new Uri("/api/users", UriKind.Relative), CancellationToken.None));
                        break;
                    case 3:
                        await CountAsync(HttpStatusCode.OK, responder.GetAsync(new Uri(path + "?limit=50", UriKind.Relative), CancellationToken.None));
                        break;
                    default:
                        await CountAsync(HttpStatusCode.OK, product.Admin.GetAsync(new Uri("/api/conversations?limit=20", UriKind.Relative), CancellationToken.None));
                        break;
                }
            }
            catch (Exception failure)
            {
                failures.AddOrUpdate(failure.GetType().Name, 1, (_, count) => count + 1);
            }

            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        async Task CountAsync(HttpStatusCode expected, Task<HttpResponseMessage> request)
        {
            using var answer = await request;
            var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            if (answer.StatusCode != expected || text.Contains("\"unreadable\":true", StringComparison.Ordinal))
            {
                failures.AddOrUpdate($"{(int)answer.StatusCode}", 1, (_, count) => count + 1);
            }
        }
    }

    private static async Task<List<JsonElement>> KeysAsync(Product product) =>
        [.. (await product.Admin.GetFromJsonAsync<JsonElement>("/api/admin/encryption")).GetProperty("keys").EnumerateArray()];
}
