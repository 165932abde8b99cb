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

    // What a connection string leaves open. Few connections beat many; prepared statements are worth double. No statement of ours is
    // meant to read a whole table, so plans that are made while the tables are new, and kept, must not; and one that takes five
    // seconds is a fault.
    private static string Tuned(string connectionString)
    {
        var defaults = new NpgsqlConnectionStringBuilder();
        var tuned = new NpgsqlConnectionStringBuilder(connectionString) { IncludeErrorDetail = false, ApplicationName = "chat" };
        if (tuned.MaxPoolSize == defaults.MaxPoolSize)
        {
            tuned.MaxPoolSize = 20;
        }

        if (tuned.MaxAutoPrepare == defaults.MaxAutoPrepare)
        {
            tuned.MaxAutoPrepare = 200;
            tuned.AutoPrepareMinUsages = 2;
        }

        tuned.Options ??= "-c statement_timeout=5000 -c enable_seqscan=off -c jit=off";
        return tuned.ConnectionString;
    }
}
