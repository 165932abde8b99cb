using System.Globalization;
using Chat.Infrastructure.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.Api.Tests.Sessions;

/// <summary>An installation of its own behind a proxy, so that its callers come from addresses that the tests choose.</summary>
public sealed class Guessed(ChatApi api) : IAsyncLifetime, IDisposable
{
    private TestDatabase _database = null!;
    private ChatApi.Host _host = null!;

    public Client Anonymous => new(_host.Address);

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _host = Start();
    }

    public void Dispose() => _host.Dispose();

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    public ChatApi.Host Start() => api.Start(
        ("ConnectionStrings:Chat", _database.Chat), ("ConnectionStrings:ChatMigrations", _database.Owner), ("ConnectionStrings:Keys", _database.Keys),
        ("Proxies:Trusted:0", "127.0.0.0/8"));

    public Task<TestAffiliate> GivenAffiliateAsync() => TestAffiliate.CreateAsync(api, _host.Address);

    public Task<Answer> LogInAsync(string email, string password, string from, string? mark = null, Uri? at = null) =>
        new Client(at ?? _host.Address).PostAsync(
            "/api/auth/login", new { email, password, cookie = true },
            mark is null ? [("X-Forwarded-For", from)] : [("X-Forwarded-For", from), ("Cookie", "__Host-chat-place=" + mark)]);

    /// <summary>Lets time pass for what has been counted.</summary>
    public Task PassAsync(TimeSpan time) => ChangeAsync("update guess_lanes set free_at = free_at - $1", time);

    /// <summary>What is counted still, once what has had its time was cleared.</summary>
    public async Task<long> LanesLeftAsync()
    {
        await _host.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().ClearAsync(CancellationToken.None);
        return await AskAsync("select count(*) from guess_lanes");
    }

    private async Task ChangeAsync(string sql, TimeSpan time)
    {
        await using var connection = new Npgsql.NpgsqlConnection(_database.Superuser);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = time });
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> AskAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(_database.Superuser);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

[Collection(ApiSuite.Name)]
public sealed class GuessingTests(ChatApi api) : IAsyncLifetime, IDisposable
{
    private readonly Guessed _guessed = new(api);
    private int _strangers;

    public Task InitializeAsync() => _guessed.InitializeAsync();

    public void Dispose() => _guessed.Dispose();

    public Task DisposeAsync() => _guessed.DisposeAsync();

    [Fact]
    public async Task Of_a_thousand_guesses_in_an_hour_thirty_are_looked_at_and_the_owner_still_gets_in()
    {
        var email = await PersonAsync();
        var owner = await _guessed.LogInAsync(email, ChatApi.Password, "198.51.100.7");
        var mark = MarkOf(owner);
        await using var second = _guessed.Start();

        var answers = new List<Answer>();
        for (var minute = 0; minute < 60; minute += 3)
        {
            // Fifty at once, each from an address of its own, at two instances.
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 50).Select(
                at => _guessed.LogInAsync(email, $"guess number {at}", Stranger(), at: at % 2 == 0 ? null : second.Address))));
            await _guessed.PassAsync(TimeSpan.FromMinutes(3));
        }

        Assert.Equal(1000, answers.Count);
        Assert.InRange(answers.Count(answer => answer.Status == 401), 1, 30);
        Assert.All(answers.Where(answer => answer.Status != 401), refused =>
        {
            refused.Problem(429, "auth.too_many_attempts");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 180);
        });
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _guessed.LogInAsync(email, "once more", Stranger())));
        (await _guessed.LogInAsync(email, ChatApi.Password, Stranger())).Problem(429, "auth.too_many_attempts");
        Assert.Equal(200, (await _guessed.LogInAsync(email, ChatApi.Password, "198.51.100.7")).Status);
        Assert.Equal(200, (await _guessed.LogInAsync(email, ChatApi.Password, Stranger(), mark)).Status);
    }

    [Fact]
    public async Task An_address_that_is_nobodys_is_counted_like_any_other()
    {
        var email = await PersonAsync();

        var somebodys = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _guessed.LogInAsync(email, "not the password", Stranger())));
        var nobodys = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _guessed.LogInAsync("nobody@nowhere.test", "not the password", Stranger())));

        Assert.Equal(10, somebodys.Count(answer => answer.Status == 401));
        Assert.Equal(10, nobodys.Count(answer => answer.Status == 401));
        Assert.Equal(
            somebodys.First(answer => answer.Status == 429).Json.GetProperty("title").GetString(),
            nobodys.First(answer => answer.Status == 429).Json.GetProperty("title").GetString());
    }

    [Fact]
    public async Task One_address_does_not_guess_its_way_through_all_accounts()
    {
        var answers = new List<Answer>();
        for (var account = 0; account < 60; account++)
        {
            answers.Add(await _guessed.LogInAsync($"somebody-{account}@nowhere.test", "not the password", "203.0.113.9"));
        }

        Assert.InRange(answers.Count(answer => answer.Status == 401), 50, 52);
        Assert.Equal(401, (await _guessed.LogInAsync("somebody-0@nowhere.test", "not the password", "203.0.113.10")).Status);
    }

    [Fact]
    public async Task What_has_been_counted_is_cleared_once_it_has_had_its_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => _guessed.LogInAsync($"nobody-{number}@nowhere.test", "not the password", Stranger())));
        Assert.Equal(10, await _guessed.LanesLeftAsync());

        await _guessed.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(0, await _guessed.LanesLeftAsync());
    }

    [Fact]
    public async Task What_was_right_does_not_count()
    {
        var email = await PersonAsync();

        for (var time = 0; time < 25; time++)
        {
            Assert.Equal(200, (await _guessed.LogInAsync(email, ChatApi.Password, Stranger())).Status);
        }
    }

    [Fact]
    public async Task Somebody_who_is_signed_in_does_not_guess_at_their_password_without_end()
    {
        var affiliate = await _guessed.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();

        var answers = new List<Answer>();
        for (var time = 0; time < 12; time++)
        {
            answers.Add(await responder.PostAsync("/api/auth/password", new { currentPassword = $"guess {time}", newPassword = "nine quiet hills at dusk" }));
        }

        Assert.Equal(10, answers.Count(answer => answer.Status == 400));
        answers[^1].Problem(429, "auth.too_many_attempts");
    }

    [Fact]
    public async Task Nobody_chooses_their_address_who_does_not_come_through_the_proxy()
    {
        var answers = new List<Answer>();
        for (var time = 0; time < 60; time++)
        {
            answers.Add(await api.Anonymous.PostAsync(
                "/api/auth/login", new { email = $"someone-{time}@nowhere.test", password = "not the password" }, ("X-Forwarded-For", Stranger())));
        }

        try
        {
            Assert.Contains(answers, answer => answer.Status == 429);
        }
        finally
        {
            // The other tests come from this address as well.
            await api.ChangeAsync("delete from guess_lanes");
        }
    }

    private async Task<string> PersonAsync()
    {
        var affiliate = await _guessed.GivenAffiliateAsync();
        var (_, id) = await affiliate.GivenResponderAsync();
        return (await (await affiliate.Admin.GetAsync($"/api/users/{id}")).ReadAsync(200)).GetProperty("email").GetString()!;
    }

    private string Stranger()
    {
        var number = Interlocked.Increment(ref _strangers);
        return string.Create(CultureInfo.InvariantCulture, $"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}");
    }

    private static string MarkOf(Answer answer) => answer.Headers.GetValues("Set-Cookie")
        .Single(cookie => cookie.StartsWith("__Host-chat-place=", StringComparison.Ordinal)).Split(';')[0].Split('=')[1];
}
