using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;
using Dapper;

namespace Chat.Infrastructure;

/// <param name="IsDegraded">It serves, and something waits: what is told to others while the broker is away.</param>
public sealed record ReadinessState(bool IsReady, bool IsDegraded, IReadOnlyDictionary<string, string> Components);

/// <summary>Whether this instance can serve: the database answers, its schema is up to date, and the master key opens what it wrapped.</summary>
public sealed class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Databases _databases;
    private readonly Keyring _keyring;
    private readonly RabbitMqConnection? _broker;
    private volatile bool _stopping;

    internal Readiness(Databases databases, Keyring keyring, RabbitMqConnection? broker) => (_databases, _keyring, _broker) = (databases, keyring, broker);

    /// <summary>From now on this instance is not ready, though it goes on serving: the load balancer shall look elsewhere.</summary>
    public void BeginToStop() => _stopping = true;

    public async Task<ReadinessState> CheckAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var (database, keys) = (false, false);
        if (_databases.IsReady)
        {
            database = await WorksAsync(AskAsync, patience.Token);
            keys = await WorksAsync(_keyring.WorksAsync, patience.Token);
        }

        var components = new Dictionary<string, string>
        {
            ["database"] = Word(database), ["migrations"] = Word(_databases.IsReady), ["keys"] = Word(keys),
            ["broker"] = _broker is null ? "absent" : Word(_broker.IsTaking),
        };
        return new ReadinessState(database && keys && !_stopping, _broker is { IsTaking: false }, components);
    }

    private static string Word(bool works) => works ? "ok" : "failing";

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _databases.Chat.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("select 1", cancellationToken: cancellationToken)) == 1;
    }

    private static async Task<bool> WorksAsync(Func<CancellationToken, Task<bool>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken);
        }
        catch (Exception failure) when (failure is Npgsql.NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return false;
        }
    }
}
