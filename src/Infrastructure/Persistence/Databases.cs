using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>The pools of connections, opened once the databases are known: an embedded one has first to be started.</summary>
public sealed class Databases : IAsyncDisposable
{
    private const int MostUrgent = 8;

    private NpgsqlDataSource? _chat;
    private NpgsqlDataSource? _keys;
    private NpgsqlDataSource? _urgent;

    internal NpgsqlDataSource Chat => _chat ?? throw new InvalidOperationException("The database is not open yet.");

    /// <summary>The same database for texters' messages and what they need, so that nothing else can take their connections.</summary>
    internal NpgsqlDataSource Urgent => _urgent ?? throw new InvalidOperationException("The database is not open yet.");

    internal NpgsqlDataSource Keys => _keys ?? throw new InvalidOperationException("The key store is not open yet.");

    /// <summary>Whether the schema is up to date, so that requests can be served.</summary>
    public bool IsReady { get; private set; }

    public void Open(string chat, string? keys)
    {
        _chat = NpgsqlDataSource.Create(Tuned(chat));
        _urgent = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Tuned(chat)) { MaxPoolSize = MostUrgent }.ConnectionString);
        _keys = keys is null ? _urgent : NpgsqlDataSource.Create(Tuned(keys));
    }

    public void BecomeReady() => IsReady = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in new[] { _keys, _urgent, _chat }.OfType<NpgsqlDataSource>().Distinct())
        {
            await pool.DisposeAsync();
        }
    }

    // What a connection string leaves open. Few connections beat many; prepared statements are worth double. No statement of ours is
    // meant to read a whole table, so plans that are made while the tables are new, and kept, must not; and one that takes five
    // seconds is a fault. Nothing of ours outlives its transaction but a prepared statement (the affiliate is set locally, locks are
    // a transaction's), so a connection goes back as it is: resetting it costs as much as a small statement.
    private static string Tuned(string connectionString)
    {
        var defaults = new NpgsqlConnectionStringBuilder();
        var tuned = new NpgsqlConnectionStringBuilder(connectionString) { IncludeErrorDetail = false, ApplicationName = "chat", NoResetOnClose = true };
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
