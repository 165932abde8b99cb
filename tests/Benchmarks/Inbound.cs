using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Chat.Infrastructure.Keys;
using Dapper;
using Npgsql;

namespace Chat.Benchmarks;

/// <summary>
/// Signed inbound webhooks, complete, against pgbench running the bare statement: side by side in one run, on the same server and as
/// many open conversations, 32 pgbench clients against 64 connections.
/// </summary>
internal static partial class Inbound
{
    private const int Rounds = 5;
    private const int Messages = 12_000;
    private const int Texters = 10_000;

    public static async Task RunAsync(Product product)
    {
        await using var server = new NpgsqlConnection(product.Database.Superuser);
        await server.OpenAsync();
        await server.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Floor", "schema.sql")));
        Console.WriteLine($"inbound: opening {Texters} conversations");
        var (opening, _) = await Webhooks.SendAsync(product.Address, [.. Enumerable.Range(0, Texters).Select(texter => Webhooks.Make(product.Address, Webhooks.Texter(texter)))], 64);
        Console.WriteLine($"inbound: first messages {Texters / opening.TotalSeconds:0}/s");

        var opened = Stopwatch.GetTimestamp();
        while (await product.CountAsync("select count(*) from due_jobs where kind in ('queue', 'risk') and due_at <= now()") > 0)
        {
            await Task.Delay(100);
        }

        Console.WriteLine($"inbound: what {Texters} new conversations leave to do was done {Stopwatch.GetElapsedTime(opened).TotalSeconds:0.0} s after the last");

        // The floor's tables were analysed when they were made; the server does the same for ours within its first minute.
        await server.ExecuteAsync("vacuum analyze");
        var (ratios, work) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            var floor = await FloorAsync(product, seconds: 5);
            var requests = Enumerable.Range(0, Messages).Select(_ => Webhooks.Make(product.Address, Webhooks.Texter(Random.Shared.Next(Texters)))).ToList();
            var before = await WorkAsync(product, server);
            var (all, times) = await Webhooks.SendAsync(product.Address, requests, 64);
            var after = await WorkAsync(product, server);
            var rate = Messages / all.TotalSeconds;
            ratios.Add(rate / floor);
            work.Add((after.Api - before.Api + after.Server - before.Server).TotalMicroseconds / Messages);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: floor {floor:0}/s, product {rate:0}/s, ratio {rate / floor:0.00}, p50 {times.Percentile(0.5):0.0} ms, p95 {times.Percentile(0.95):0.0} ms, "
                + $"CPU a message {(after.Api - before.Api).TotalMicroseconds / Messages:0} us in the API, {(after.Server - before.Server).TotalMicroseconds / Messages:0} us in PostgreSQL"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"inbound: median ratio {ratios.Median():0.00} (must 0.5, target 1.0)"));
        var sealing = Sealing();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"inbound: sealing and looking up cost {sealing:0.0} us of the {work.Min():0} us of processor time that a message takes at best: {sealing / work.Min():P1}"));
    }

    /// <summary>
    /// What encryption costs a message, in microseconds on one core: its text sealed, its sender's number hashed for the look-up, and what
    /// triage remembers opened and sealed again.
    /// </summary>
    private static double Sealing()
    {
        const int Times = 50_000;

        var (affiliate, conversation) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var key = new SealingKey(conversation, RandomNumberGenerator.GetBytes(32));
        var index = RandomNumberGenerator.GetBytes(32);
        var place = new Place(affiliate, "conversations", "triage", conversation);
        var memory = Envelope.Seal(key, place, RandomNumberGenerator.GetBytes(600));
        var began = Stopwatch.GetTimestamp();
        for (var time = 0; time < Times; time++)
        {
            Envelope.Seal(key, new Place(affiliate, "messages", "content", Guid.CreateVersion7()), Webhooks.Text);
            HMACSHA256.HashData(index, "phone\0+15550001111"u8);
            Envelope.Seal(key, place, Envelope.Open(key, place, memory));
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / Times;
    }

    /// <summary>
    /// The processor time used so far by the API and by the server's processes for it. It tells more than a rate on a machine that does
    /// other things too. What the jobs of earlier messages cost in the meantime is in it.
    /// </summary>
    private static async Task<(TimeSpan Api, TimeSpan Server)> WorkAsync(Product product, NpgsqlConnection server)
    {
        const string sql = "select pid from pg_stat_activity where datname = any(@databases)";

        var databases = new[] { product.Database.Chat, product.Database.Keys }.Select(chat => new NpgsqlConnectionStringBuilder(chat).Database).ToArray();
        var backends = (await server.QueryAsync<int>(sql, new { databases })).Sum(pid => Process.GetProcessById(pid).TotalProcessorTime.Ticks);
        return (Process.GetProcessById(product.ProcessId).TotalProcessorTime, TimeSpan.FromTicks(backends));
    }

    private static async Task<double> FloorAsync(Product product, int seconds)
    {
        var settings = new NpgsqlConnectionStringBuilder(product.Database.Superuser);
        var pgbench = new ProcessStartInfo("pgbench")
        {
            ArgumentList =
            {
                "-n", "-M", "prepared", "-c", "32", "-j", "2", "-T", seconds.ToString(CultureInfo.InvariantCulture), "-D", $"open={Texters}",
                "-f", Path.Combine(AppContext.BaseDirectory, "Floor", "inbound.sql"),
            },
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = settings.Host, ["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture), ["PGUSER"] = settings.Username,
                ["PGPASSWORD"] = settings.Password, ["PGDATABASE"] = settings.Database,
            },
        };
        using var process = Process.Start(pgbench)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var rate = Rate().Match(output);
        return rate.Success
            ? double.Parse(rate.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("pgbench: " + output + await process.StandardError.ReadToEndAsync());
    }

    [GeneratedRegex(@"^tps = ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex Rate();
}
