using System.Globalization;
using Npgsql;

namespace Chat.Api.Tests.Notifications;

/// <summary>An installation of its own that can send mail and call the tests' receivers, and whose clock the tests move.</summary>
public sealed class Outward(ChatApi api) : IAsyncLifetime, IDisposable
{
    private TestDatabase _database = null!;
    private ChatApi.Host _host = null!;

    public FakeMail Mail { get; private set; } = null!;

    public FakeTwilio Twilio => api.Twilio;

    public async Task InitializeAsync()
    {
        (_database, Mail) = (await TestDatabase.CreateAsync(), FakeMail.Start());
        _host = Start();
    }

    public void Dispose() => _host.Dispose();

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await Mail.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>One more instance of this installation.</summary>
    public ChatApi.Host Start() => api.Start(
        ("ConnectionStrings:Chat", _database.Chat), ("ConnectionStrings:ChatMigrations", _database.Owner), ("ConnectionStrings:Keys", _database.Keys),
        ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", Mail.Port.ToString(CultureInfo.InvariantCulture)), ("Smtp:From", "Chat <chat@chat.test>"),
        ("Smtp:Tls", "none"), ("Outside:AllowedPrivateHosts:0", "127.0.0.1"), ("Testing:Enabled", "true"));

    public Task<TestAffiliate> GivenAffiliateAsync() => TestAffiliate.CreateAsync(api, _host.Address);

    public Client Anonymous(string? token) => new(_host.Address, token);

    public async Task PassAsync(TimeSpan time) =>
        await (await new Client(_host.Address).PostAsync("/api/testing/clock", new { advanceSeconds = (long)time.TotalSeconds })).ReadAsync(200);

    /// <summary>Looks at what is stored, as a superuser from whom no row is hidden.</summary>
    public async Task<T> AskAsync<T>(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(_database.Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Changes what is stored behind the API's back.</summary>
    public Task ChangeAsync(string sql, params object[] parameters) => AskAsync<object?>(sql, parameters);
}
