using Npgsql;

namespace Chat.Api.Tests.Administration;

/// <summary>A row that somebody holds, so that requests come one after the other in a known order.</summary>
internal sealed class HeldRow : IAsyncDisposable
{
    private readonly ChatApi _api;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private HeldRow(ChatApi api, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_api, _connection, _transaction) = (api, connection, transaction);

    public static async Task<HeldRow> TakeAsync(ChatApi api, string sql, Guid id)
    {
        var connection = new NpgsqlConnection(api.Database.Superuser);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        await command.ExecuteNonQueryAsync();
        return new HeldRow(api, connection, transaction);
    }

    /// <summary>Waits until so many requests wait for locks.</summary>
    public Task UntilWaitingAsync(int count) => Eventually.Is(
        async () => await _api.AskAsync<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == count,
        $"{count} requests wait");

    public Task LetGoAsync() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
