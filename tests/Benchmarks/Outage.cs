using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;

namespace Chat.Benchmarks;

/// <summary>
/// Follow-ups that fall due while nothing works, with two instances: first both processes are killed, then the database refuses
/// everybody. Each must go out exactly once, soon after things work again.
/// </summary>
internal static class Outage
{
    private const int FollowUps = 500;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ToPrepare = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(Product product)
    {
        var second = new Uri("http://127.0.0.1:18701");
        await product.StartInstanceAsync(second);
        var responder = await product.AddResponderAsync("follow-ups", maxConcurrent: 50);

        await MeasureAsync("both processes killed", product, responder, firstTexter: 0, async () =>
        {
            await Task.WhenAll(product.KillAsync(product.Address), product.KillAsync(second));
            await Task.Delay(Length);
            await Task.WhenAll(product.StartInstanceAsync(product.Address), product.StartInstanceAsync(second));
        });
        await MeasureAsync("the database away", product, responder, firstTexter: FollowUps, async () =>
        {
            await ShutAsync(product.Database, isShut: true);
            await Task.Delay(Length);
            await ShutAsync(product.Database, isShut: false);
        });
    }

    private static async Task MeasureAsync(string name, Product product, HttpClient responder, int firstTexter, Func<Task> outage)
    {
        // All of them fall due while nothing works.
        var words = $"How are you now? ({firstTexter})";
        var first = DateTimeOffset.UtcNow + ToPrepare;
        await ScheduleAsync(product, responder, firstTexter, words, first);
        var early = first - DateTimeOffset.UtcNow;
        await Task.Delay(early > TimeSpan.Zero ? early : throw new InvalidOperationException("The machine is too slow: follow-ups fell due before the outage."));

        await outage();
        var recovered = Stopwatch.GetTimestamp();
        while (Sent() < FollowUps && Stopwatch.GetElapsedTime(recovered) < Patience)
        {
            await Task.Delay(50);
        }

        var took = Stopwatch.GetElapsedTime(recovered);

        // Whatever is sent twice is sent within the time that a claim holds.
        await Task.Delay(TimeSpan.FromSeconds(15));
        var times = product.Twilio.Sent.Where(text => text.Body == words).CountBy(text => text.To).ToDictionary();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"outage, {name}: {times.Count} of {FollowUps} sent {took.TotalSeconds:0.0} s after recovery, {times.Values.Count(count => count > 1)} more than once"));

        int Sent() => product.Twilio.Sent.Where(text => text.Body == words).DistinctBy(text => text.To).Count();
    }

    private static async Task ScheduleAsync(Product product, HttpClient responder, int firstTexter, string words, DateTimeOffset first)
    {
        await Webhooks.SendAsync(product.Address, [.. Enumerable.Range(firstTexter, FollowUps).Select(texter => Webhooks.Make(product.Address, Webhooks.Texter(texter)))], 16);
        for (var scheduled = 0; scheduled < FollowUps; scheduled++)
        {
            var id = (await Product.PostAsync(responder, "/api/queue/claim", new { })).GetProperty("id").GetGuid();
            await Product.PostAsync(responder, $"/api/conversations/{id}/start", new { });
            await Product.PostAsync(responder, $"/api/conversations/{id}/wrap-up", new { });
            var due = first + Spread + (scheduled * (Length - (2 * Spread)) / FollowUps);
            await Product.PostAsync(responder, $"/api/conversations/{id}/follow-ups", new { scheduledFor = due, message = words });
        }
    }

    /// <summary>Nobody gets in, and who was in is thrown out.</summary>
    private static async Task ShutAsync(TestDatabase database, bool isShut)
    {
        const string end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = @name";

        var settings = new NpgsqlConnectionStringBuilder(database.Superuser);
        var name = settings.Database;
        await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Superuser) { Database = "postgres" }.ConnectionString);
        await server.OpenAsync();
        await server.ExecuteAsync($"alter database {name} with allow_connections {(isShut ? "false" : "true")}");
        if (isShut)
        {
            await server.ExecuteAsync(end, new { name });
        }
    }
}
