using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace Chat.Benchmarks;

/// <summary>The API as it ships, in a process of its own on a fresh database, with an affiliate, a number and some responders.</summary>
internal sealed class Product : IAsyncDisposable
{
    public const string Number = "+15559990000";
    public const string AccountSid = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    public const string AuthToken = "the-token-of-the-benchmark";
    public const string PublicUrl = "https://chat.bench";
    private const string Password = "seven calm rivers at dawn";

    private readonly string _jwtSecret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
    private readonly string _masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly Dictionary<Uri, Process> _instances = [];
    private readonly IReadOnlyDictionary<string, string> _settings;

    // Each kind once: an outage is not told of every second.
    private readonly ConcurrentDictionary<string, bool> _errors = new();

    private Product(Uri address, TestDatabase database, FakeTwilio twilio, IReadOnlyDictionary<string, string> settings) =>
        (Address, Database, Twilio, _settings) = (address, database, twilio, settings);

    /// <summary>The first instance's.</summary>
    public Uri Address { get; }

    public TestDatabase Database { get; }

    public FakeTwilio Twilio { get; }

    public HttpClient Admin { get; private set; } = null!;

    public Guid ProgramId { get; private set; }

    public int ProcessId => _instances[Address].Id;

    public static async Task<Product> StartAsync(int port, IReadOnlyDictionary<string, string>? settings = null)
    {
        var database = await TestDatabase.CreateAsync();
        var twilio = await FakeTwilio.StartAsync();
        twilio.AddAccount(AccountSid, AuthToken);
        var product = new Product(new Uri($"http://127.0.0.1:{port}"), database, twilio, settings ?? new Dictionary<string, string>());
        try
        {
            await product.StartInstanceAsync(product.Address);
            await product.SetUpAsync();
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more process on the same databases, or again one that was ended; it returns when the process is ready.</summary>
    public async Task StartInstanceAsync(Uri address)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(Repository.Root, "src", "Api", "bin", "Release", "net10.0", "Chat.Api.dll") },
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Benchmark", ["ASPNETCORE_URLS"] = address.ToString(), ["PublicUrl"] = PublicUrl,
                ["ConnectionStrings__Chat"] = Database.Chat, ["ConnectionStrings__ChatMigrations"] = Database.Owner, ["ConnectionStrings__Keys"] = Database.Keys,
                ["Jwt__Secret"] = _jwtSecret, ["Encryption__MasterKey"] = _masterKey, ["Encryption__MasterKeyId"] = "bench-1",
                ["Bootstrap__AdminEmail"] = "platform@chat.bench", ["Bootstrap__AdminPassword"] = Password,
                ["Limits__UserBurst"] = "1000000", ["Limits__SessionBurst"] = "1000000", ["Limits__AddressBurst"] = "1000000", ["Limits__AffiliateBurst"] = "1000000",
                ["Channels__Twilio__BaseUrl"] = Twilio.Address.ToString(),
            },
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
            Console.Error.WriteLineIf((line.Data?.Contains("\"Error\"", StringComparison.Ordinal) ?? false) && _errors.TryAdd(line.Data, true), line.Data);
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLineIf(line.Data is not null, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _instances[address] = process;
        await UntilReadyAsync(address);
    }

    /// <summary>Ends a process as a power cut does.</summary>
    public async Task KillAsync(Uri address)
    {
        _instances[address].Kill();
        await _instances[address].WaitForExitAsync();
        _instances.Remove(address);
    }

    public async Task<HttpClient> SignInAsync(string email)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = Address };
        var session = await PostAsync(client, "/api/auth/login", new { email, password = Password });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
        return client;
    }

    public async Task<HttpClient> AddResponderAsync(string name, int maxConcurrent = 50)
    {
        await PostAsync(
            Admin, "/api/users",
            new { email = $"{name}@bench.test", name, password = Password, role = "responder", programIds = new[] { ProgramId }, maxConcurrent });
        return await SignInAsync($"{name}@bench.test");
    }

    /// <summary>Counts behind the API's back.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.Superuser);
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    public static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var address in _instances.Keys.ToList())
        {
            await KillAsync(address);
        }

        await Twilio.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static async Task UntilReadyAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        for (var tries = 0; ; tries++)
        {
            try
            {
                if ((await http.GetAsync("/readyz")).IsSuccessStatusCode)
                {
                    break;
                }
            }
            catch (HttpRequestException) when (tries < 300)
            {
                // It is still starting.
            }

            await Task.Delay(100);
        }
    }

    private async Task SetUpAsync()
    {
        using var platform = await SignInAsync("platform@chat.bench");
        var affiliate = (await PostAsync(platform, "/api/affiliates", new { name = "Benchmark", timeZone = "Etc/UTC", dataRetentionDays = 30 })).GetProperty("id").GetGuid();
        await PostAsync(platform, "/api/users", new { email = "admin@bench.test", name = "Admin", password = Password, role = "admin", affiliateId = affiliate, programIds = Array.Empty<Guid>() });
        Admin = await SignInAsync("admin@bench.test");
        ProgramId = (await PostAsync(Admin, "/api/programs", new { affiliateId = affiliate, name = "Line" })).GetProperty("id").GetGuid();
        await PostAsync(Admin, "/api/channels", new
        {
            programId = ProgramId, provider = "twilio", address = Number, credentials = new { accountSid = AccountSid, authToken = AuthToken },
        });
        await PostAsync(Admin, "/api/keywords", new { programId = ProgramId, keyword = "HELLO", action = "start", response = "Somebody will be with you in a moment." });
    }
}

internal static class ConsoleLines
{
    public static void WriteLineIf(this TextWriter writer, bool when, string? line)
    {
        if (when)
        {
            writer.WriteLine(line);
        }
    }
}
