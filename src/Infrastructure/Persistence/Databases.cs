using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>The pools of connections, opened once the databases are known: an embedded one has first to be started.</summary>
public sealed class Databases : IAsyncDisposable
{
    private NpgsqlDataSource? _chat;
    private NpgsqlDataSource? _keys;

    internal NpgsqlDataSource Chat => _chat ?? throw new InvalidOperationException("The database is not open yet.");

    internal NpgsqlDataSource Keys => _keys ?? throw new InvalidOperationException("The key store is not open yet.");

    /// <summary>Whether the schema is up to date, so that requests can be served.</summary>
    public bool IsReady { get; private set; }

    public void Open(string chat, string? keys)
    {
        _chat = NpgsqlDataSource.Create(Tuned(chat));
        _keys = keys is null ? _chat : NpgsqlDataSource.Create(Tuned(keys));
    }

    public void BecomeReady() => IsReady = true;

    public async ValueTask DisposeAsync()
    {
        if (_keys is not null && _keys != _chat)
        {
            await _keys.DisposeAsync();
        }

        if (_chat is not null)
        {
            await _chat.DisposeAsync();
        }
    }

    // What a connection string leaves open: few connections beat many, and a statement that takes five seconds is a fault.
    private static string Tuned(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var tuned = new NpgsqlConnectionStringBuilder(connectionString) { IncludeErrorDetail = false, ApplicationName = "chat" };
        if (!given.ContainsKey("Maximum Pool Size"))
        {
            tuned.MaxPoolSize = 20;
        }

        if (!given.ContainsKey("Max Auto Prepare"))
        {
            tuned.MaxAutoPrepare = 100;
            tuned.AutoPrepareMinUsages = 3;
        }

        if (!given.ContainsKey("Options"))
        {
            tuned.Options = "-c statement_timeout=5000";
        }

        return tuned.ConnectionString;
    }
}
