using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Infrastructure.Messaging;
using Dapper;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>
/// The one door to the database for a use case: one connection, one transaction, one affiliate. Row-level security reads
/// app.affiliate_id, so a statement here cannot see another affiliate's rows. The connection is taken at the first statement: what is
/// refused before costs none, and whoever waits for something else holds none.
/// </summary>
internal sealed class DbSession(Databases databases, ICaller caller, AfterCommit afterCommit, Instance instance) : IUnitOfWork, IAsyncDisposable
{
    private readonly HashSet<Guid> _touched = [];
    private readonly List<AnnouncedEvent> _announced = [];
    private readonly List<Action> _onCommit = [];
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private AffiliateId? _affiliate;
    private bool _running;

    public AffiliateId Affiliate => _affiliate ?? throw new InvalidOperationException("This use case has not entered an affiliate.");

    /// <summary>The rows that were written, for the audit entry.</summary>
    public IReadOnlyCollection<Guid> Touched => _touched;

    public bool HasAffiliate => _affiliate is not null;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _running = true;
        if (caller.IsSignedIn)
        {
            await EnterAsync(caller.AffiliateId, cancellationToken);
        }
    }

    public async Task EnterAsync(AffiliateId affiliate, CancellationToken cancellationToken)
    {
        _affiliate = affiliate;
        if (_connection is not null)
        {
            await SetAffiliateAsync(cancellationToken);
        }
    }

    public async Task EnterOwnerOfAsync(Guid resourceId, CancellationToken cancellationToken)
    {
        const string sql = "select affiliate_id from admin_resources where id = @resourceId";

        var affiliate = await FindAsync<Guid?>(sql, new { resourceId }, cancellationToken) ?? throw new NotFoundException("It");
        await EnterAsync(new(affiliate), cancellationToken);
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_transaction is not null)
        {
            await _transaction.CommitAsync(cancellationToken);
            await DisposeAsync();
        }

        // The scope may run another use case: it begins as if it were the first.
        (_affiliate, _running) = (null, false);
        afterCommit.Announce(_announced);
        _announced.Clear();
        _touched.Clear();
        foreach (var action in _onCommit)
        {
            action();
        }

        _onCommit.Clear();
    }

    public async Task RollBackAsync()
    {
        await DisposeAsync();
        (_affiliate, _running) = (null, false);
        _announced.Clear();
        _touched.Clear();
        _onCommit.Clear();
    }

    public bool MayTryAgainAfter(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>Does something once the transaction has been committed, and not before.</summary>
    public void OnCommit(Action action) => _onCommit.Add(action);

    public async Task<T?> FindAsync<T>(string sql, object parameters, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).QuerySingleOrDefaultAsync<T>(Command(sql, parameters, cancellationToken));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object parameters, CancellationToken cancellationToken) =>
        (await (await OpenAsync(cancellationToken)).QueryAsync<T>(Command(sql, parameters, cancellationToken))).AsList();

    /// <summary>Writes what is no aggregate's own row: a log line, a queue entry, a directory entry. Returns the number of rows.</summary>
    public async Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).ExecuteAsync(Command(sql, parameters, cancellationToken));

    /// <summary>
    /// Writes an aggregate and, in the same transaction, what happened to it. The statement's condition on the version must find its
    /// row: none means that somebody else changed it first.
    /// </summary>
    public async Task WriteAsync(string sql, Aggregate aggregate, object parameters, CancellationToken cancellationToken)
    {
        if (await ExecuteAsync(sql, parameters, cancellationToken) == 0)
        {
            throw new StaleException();
        }

        await TellAsync(aggregate, cancellationToken);
    }

    /// <summary>Puts something on the audit entry that is no aggregate, or that was only read.</summary>
    public void Touch(Guid id) => _touched.Add(id);

    /// <summary>Puts what happened to an aggregate into the outbox, and the aggregate on the audit entry.</summary>
    private async Task TellAsync(Aggregate aggregate, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into outbox (id, affiliate_id, subject, sequence, type, data, origin, created_at)
            values (@Id, @Affiliate, @Subject, @Sequence, @Type, @Data::jsonb, @Origin, @At)
            """;

        _touched.Add(aggregate.Key);
        foreach (var happened in aggregate.TakeEvents())
        {
            var told = (ConversationEvent)happened;
            var (type, data) = (EventNames.Of(told), JsonSerializer.SerializeToElement(told, told.GetType(), EventNames.Json));
            await ExecuteAsync(
                sql,
                new
                {
                    Id = Guid.CreateVersion7(told.At), Affiliate = Affiliate.Value, Subject = told.ConversationId.Value, told.Sequence, Type = type,
                    Data = data.GetRawText(), Origin = instance.Id, told.At,
                },
                cancellationToken);
            _announced.Add(new AnnouncedEvent(Affiliate.Value, type, told.ConversationId.Value, told.ProgramId.Value, data));
        }
    }

    /// <summary>
    /// Each once: the container disposes this as often as it handed it out, and a transaction that is disposed again may by then be
    /// another request's, because Npgsql keeps one for each connection and uses it over and over.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var (connection, transaction) = (_connection, _transaction);
        (_connection, _transaction) = (null, null);
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private CommandDefinition Command(string sql, object parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, _transaction, cancellationToken: cancellationToken);

    private async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null)
        {
            return _connection;
        }

        if (!_running)
        {
            throw new InvalidOperationException("No use case is running: the database is reached through the pipeline.");
        }

        _connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        _transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await SetAffiliateAsync(cancellationToken);
        return _connection;
    }

    private async Task SetAffiliateAsync(CancellationToken cancellationToken)
    {
        if (_affiliate is { } affiliate)
        {
            await _transaction!.EnterAsync(affiliate.Value, cancellationToken);
        }
    }
}
