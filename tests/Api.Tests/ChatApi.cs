using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.Application.Common;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Security;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Api.Tests;

/// <summary>The API on a real port over a real database, once for the whole suite: each test makes its own affiliate, so there is nothing to reset.</summary>
public class ChatApi : IAsyncLifetime, IDisposable
{
    public const string PublicUrl = "https://chat.test";
    public const string AdminEmail = "platform@chat.test";
    public const string Password = "seven calm rivers at dawn";

    // Tests call as fast as they can, and all from one address.
    private const string Unlimited = "1000000";

    private readonly CapturingLogs _logs = new();
    private TestDatabase _database = null!;
    private Host _host = null!;

    public FakeTwilio Twilio { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public Client Anonymous => new(Address);

    public Client Platform { get; private set; } = null!;

    /// <summary>What the API has logged so far.</summary>
    public string Logged => _logs.ToString();

    public IServiceProvider Services => _host.Services;

    internal TestDatabase Database => _database;

    /// <summary>Settings that all instances of this suite have beside the usual ones.</summary>
    protected virtual IReadOnlyDictionary<string, string> OwnSettings { get; } = new Dictionary<string, string>();

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        Twilio = await FakeTwilio.StartAsync();
        _host = Start();
        Address = _host.Address;
        Platform = await SignInAsync(AdminEmail, Password);
    }

    public void Dispose()
    {
        _logs.Dispose();
        GC.SuppressFinalize(this);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await Twilio.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>One more instance of the API on the same databases.</summary>
    public Host Start(params (string Name, string Value)[] settings) => Start(_ => { }, settings);

    /// <summary>The same, with something of the test's own within it.</summary>
    public Host Start(Action<IServiceCollection> add, params (string Name, string Value)[] settings)
    {
        var host = new Host(_logs, add, new Dictionary<string, string>
        {
            ["ConnectionStrings:Chat"] = _database.Chat,
            ["ConnectionStrings:ChatMigrations"] = _database.Owner,
            ["ConnectionStrings:Keys"] = _database.Keys,
            ["Jwt:Secret"] = TestJwtSecret,
            ["Encryption:MasterKey"] = "S2V5cyBmb3IgdGVzdHMgb25seSwgMzIgYnl0ZXMhIS0=",
            ["Encryption:MasterKeyId"] = "test-1",
            ["Bootstrap:AdminEmail"] = AdminEmail,
            ["Bootstrap:AdminPassword"] = Password,
            ["Passwords:Iterations"] = "1000",
            ["Limits:UserBurst"] = Unlimited, ["Limits:SessionBurst"] = Unlimited, ["Limits:AddressBurst"] = Unlimited, ["Limits:AffiliateBurst"] = Unlimited,
            ["Limits:FailedCallBurst"] = Unlimited,
            ["PublicUrl"] = PublicUrl,
            ["Channels:Twilio:BaseUrl"] = Twilio.Address.ToString(),
        });
        foreach (var (name, value) in OwnSettings.Select(own => (own.Key, own.Value)).Concat(settings))
        {
            host.Settings[name] = value;
        }

        host.StartServer();
        return host;
    }

    public const string TestJwtSecret = "tests sign with this secret, which nobody else has";

    public Task<Client> SignInAsync(string email, string password) => SignInAsync(Address, email, password);

    public static async Task<Client> SignInAsync(Uri address, string email, string password)
    {
        var answer = await new Client(address).PostAsync("/api/auth/login", new { email, password });
        return new Client(address, (await answer.ReadAsync(200)).GetProperty("accessToken").GetString());
    }

    /// <summary>A new affiliate with a program, a Twilio number, the keyword HELLO and an admin.</summary>
    public Task<TestAffiliate> GivenAffiliateAsync() => TestAffiliate.CreateAsync(this);

    /// <summary>Has the platform do something on its own behalf, as its workers do.</summary>
    public async Task RunAsync<T>(IUseCase<T> useCase)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().BecomeSystem();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(useCase);
    }

    /// <summary>Has the platform look at once at what is due, which otherwise it does every second.</summary>
    public void LookAtJobs() => Services.GetRequiredService<Wake>().Jobs.Set();

    /// <summary>Changes what is stored behind the API's back: in an order of its own, so it is the one to give way to whoever is at work there.</summary>
    public async Task<int> ChangeAsync(string sql, params object[] parameters)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await QueryAsync(command => command.ExecuteNonQueryAsync(), sql, parameters);
            }
            catch (PostgresException met) when (met.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < 5)
            {
                await Task.Delay(20 * attempt);
            }
        }
    }

    /// <summary>Looks at what is stored, as a superuser from whom no row is hidden.</summary>
    public async Task<T> AskAsync<T>(string sql, params object[] parameters) => (T)(await QueryAsync(command => command.ExecuteScalarAsync(), sql, parameters))!;

    private async Task<T> QueryAsync<T>(Func<NpgsqlCommand, Task<T>> run, string sql, object[] parameters)
    {
        await using var connection = new NpgsqlConnection(_database.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return await run(command);
    }

    public sealed class Host : WebApplicationFactory<Program>
    {
        private readonly CapturingLogs _logs;
        private readonly Action<IServiceCollection> _add;

        internal Host(CapturingLogs logs, Action<IServiceCollection> add, Dictionary<string, string> settings)
        {
            (_logs, _add, Settings) = (logs, add, settings);
            UseKestrel(0);
        }

        internal Dictionary<string, string> Settings { get; }

        public Uri Address => new(Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()!.Addresses.Single().Replace("[::]", "127.0.0.1", StringComparison.Ordinal));

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Testing");
            foreach (var (name, value) in Settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureServices(_add);
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_logs).SetMinimumLevel(LogLevel.Information));
        }
    }
}

[CollectionDefinition(Name)]
public sealed class ApiSuite : ICollectionFixture<ChatApi>
{
    public const string Name = "The API";
}

/// <summary>An API of its own, whose clock the tests move: they come one after the other, and what waits in other tests is left alone.</summary>
public sealed class TimedApi : ChatApi
{
    // Longer than all that other tests pass over, so that in those nobody is gone who should be there.
    public static readonly TimeSpan Lease = TimeSpan.FromHours(20);

    protected override IReadOnlyDictionary<string, string> OwnSettings { get; } = new Dictionary<string, string>
    {
        ["Testing:Enabled"] = "true",
        ["Desk:LeaseSeconds"] = Lease.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Lets time pass for everything that waits, and answers what time it is then.</summary>
    public async Task<DateTimeOffset> PassAsync(TimeSpan time) =>
        (await (await Anonymous.PostAsync("/api/testing/clock", new { advanceSeconds = (long)time.TotalSeconds })).ReadAsync(200)).GetProperty("now").GetDateTimeOffset();
}

[CollectionDefinition(Name)]
public sealed class TimedSuite : ICollectionFixture<TimedApi>
{
    public const string Name = "The API and its clock";
}

/// <summary>Keeps every line that was logged, so that tests can see what must not be there.</summary>
internal sealed class CapturingLogs : ILoggerProvider
{
    private readonly System.Text.StringBuilder _lines = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return _lines.ToString();
        }
    }

    private sealed class Logger(CapturingLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (logs._lines)
            {
                if (exception is not null || logLevel >= LogLevel.Warning)
                {
                    Console.WriteLine($"{logLevel} {category} {formatter(state, exception)}");
                }

                logs._lines.Append(category).Append(' ').Append(formatter(state, exception)).Append(' ').Append(exception).AppendLine();
            }
        }
    }
}

/// <summary>A caller over HTTP.</summary>
public sealed class Client(Uri address, string? token = null)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 128 }) { Timeout = TimeSpan.FromSeconds(60) };

    public string? Token => token;

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body ?? new { }, headers);

    public Task<Answer> PutAsync(string path, object? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>A conversation's messages.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync(Guid conversation) =>
        [.. (await (await GetAsync($"/api/conversations/{conversation}/messages?limit=200")).ReadAsync(200)).GetProperty("items").EnumerateArray()];

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
    }
}

/// <summary>What came back.</summary>
public sealed record Answer(int Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public string? ETag => Headers.ETag?.ToString();

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The body, once the status is as expected.</summary>
    public Task<JsonElement> ReadAsync(int expected)
    {
        Assert.True(Status == expected, $"expected {expected}, got {Status}: {Text}");
        return Task.FromResult(Text.Length == 0 ? default : Json);
    }

    /// <summary>A refusal with this code, in the one shape that errors have.</summary>
    public JsonElement Problem(int status, string code)
    {
        Assert.True(Status == status, $"expected {status} {code}, got {Status}: {Text}");
        Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal(code, Json.GetProperty("code").GetString());
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(Json.GetProperty("traceId").GetString()));
        return Json;
    }
}
