using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Chat.Benchmarks;

/// <summary>The API as it ships, in a process of its own on a fresh database, with an affiliate, a number and some responders.</summary>
internal sealed class Product : IAsyncDisposable
{
    public const string Number = "+15559990000";
    public const string AccountSid = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    public const string AuthToken = "the-token-of-the-benchmark";
    public const string PublicUrl = "https://chat.bench";
    private const string Password = "seven calm rivers at dawn";

    private readonly Process _process;

    private Product(Process process, Uri address, TestDatabase database, FakeTwilio twilio) =>
        (_process, Address, Database, Twilio) = (process, address, database, twilio);

    public Uri Address { get; }

    public TestDatabase Database { get; }

    public FakeTwilio Twilio { get; }

    public HttpClient Admin { get; private set; } = null!;

    public Guid ProgramId { get; private set; }

    public int ProcessId => _process.Id;

    public static async Task<Product> StartAsync(int port)
    {
        var database = await TestDatabase.CreateAsync();
        var twilio = await FakeTwilio.StartAsync();
        twilio.AddAccount(AccountSid, AuthToken);
        var address = new Uri($"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(Repository.Root, "src", "Api", "bin", "Release", "net10.0", "Chat.Api.dll") },
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Benchmark", ["ASPNETCORE_URLS"] = address.ToString(), ["PublicUrl"] = PublicUrl,
                ["ConnectionStrings__Chat"] = database.Chat, ["ConnectionStrings__ChatMigrations"] = database.Owner, ["ConnectionStrings__Keys"] = database.Keys,
                ["Jwt__Secret"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)),
                ["Encryption__MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), ["Encryption__MasterKeyId"] = "bench-1",
                ["Bootstrap__AdminEmail"] = "platform@chat.bench", ["Bootstrap__AdminPassword"] = Password,
                ["Channels__Twilio__BaseUrl"] = twilio.Address.ToString(),
            },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Console.Error.WriteLineIf(line.Data?.Contains("\"Error\"", StringComparison.Ordinal) ?? false, line.Data);
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLineIf(line.Data is not null, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var product = new Product(process, address, database, twilio);
        try
        {
            await product.SetUpAsync();
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
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

    public static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await Twilio.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task SetUpAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
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
