using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace Chat.Tests;

/// <summary>
/// A fresh pair of databases on a real PostgreSQL, with an owner and an application role, neither of them a superuser. The server is
/// the one that CHAT_TEST_POSTGRES names, or, without it, an embedded one for this process.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Server = new(FindServerAsync);
    private static Process? _embedded;

    private readonly string _name;
    private readonly string _server;

    private TestDatabase(string server, string name, string password)
    {
        (_server, _name) = (server, name);
        Chat = As(name, $"{name}_app", password);
        Owner = As(name, $"{name}_owner", password);
        Keys = As($"{name}_keys", $"{name}_owner", password);
    }

    /// <summary>As the application's role.</summary>
    public string Chat { get; }

    public string Owner { get; }

    public string Keys { get; }

    /// <summary>As a superuser, for whom no row is hidden: only to look at what is stored.</summary>
    public string Superuser => new NpgsqlConnectionStringBuilder(_server) { Database = _name, Pooling = false }.ConnectionString;

    public static async Task<TestDatabase> CreateAsync()
    {
        var server = await Server.Value;
        var (name, password) = ("chat_" + Guid.NewGuid().ToString("N")[..12], Guid.NewGuid().ToString("N"));
        await ExecuteAsync(
            server,
            $"create role {name}_owner login nosuperuser nobypassrls password '{password}'",
            $"create role {name}_app login nosuperuser nobypassrls password '{password}'",
            $"create database {name} owner {name}_owner",
            $"create database {name}_keys owner {name}_owner");
        return new TestDatabase(server, name, password);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(
            _server,
            $"drop database if exists {_name} with (force)", $"drop database if exists {_name}_keys with (force)",
            $"drop role if exists {_name}_app", $"drop role if exists {_name}_owner");
    }

    private static async Task ExecuteAsync(string server, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private string As(string database, string user, string password) =>
        new NpgsqlConnectionStringBuilder(_server) { Database = database, Username = user, Password = password, MaxPoolSize = 20 }.ConnectionString;

    private static async Task<string> FindServerAsync()
    {
        if (Environment.GetEnvironmentVariable("CHAT_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return given;
        }

        var data = Path.Combine(Path.GetTempPath(), "chat-tests-" + Guid.NewGuid().ToString("N")[..8]);
        _embedded = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(Repository.Root, "tools", "postgres.mjs"), "serve", "--data", data, "--fsync", "off", "--max-connections", "200" },
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        var line = await _embedded.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The embedded PostgreSQL did not start.");
        return JsonDocument.Parse(line).RootElement.GetProperty("superuser").GetString()!;
    }
}

/// <summary>The checkout that the tests run in.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Chat.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run inside a checkout.");
    }
}
