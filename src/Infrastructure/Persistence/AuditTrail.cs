using Chat.Application.Ports;
using Chat.Domain.Common;
using Microsoft.Extensions.Caching.Memory;

namespace Chat.Infrastructure.Persistence;

internal sealed class AuditTrail(DbSession db, ICaller caller, AuditChain chain, RecentReadings recent, TimeProvider clock) : IAuditTrail
{
    private UserId? Caller => caller.IsSignedIn ? caller.UserId : null;

    public Task AppendAsync(string action, CancellationToken cancellationToken) => AppendAsync(action, Caller, [.. db.Touched], cancellationToken);

    public async Task NoteReadingAsync(string action, Guid subject, CancellationToken cancellationToken)
    {
        var reader = caller.UserId.Value;
        if (recent.Holds(reader, subject))
        {
            return;
        }

        await AppendAsync(action, Caller, [subject], cancellationToken);
        db.OnCommit(() => recent.Add(reader, subject));
    }

    public Task NoteSignInAsync(UserId user, bool succeeded, CancellationToken cancellationToken) =>
        AppendAsync(succeeded ? "LogIn" : "LogInFailed", succeeded ? user : null, [user.Value], cancellationToken);

    private async Task AppendAsync(string action, UserId? actor, Guid[] subjects, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into audit_entries (id, action, actor_id, subjects, request_id, at)
            values (@Id, @Action, @Actor, @Subjects, @Request, @Now)
            """;

        var now = clock.GetUtcNow();
        await db.ExecuteAsync(
            sql, new { Id = Guid.CreateVersion7(now), Action = action, Actor = actor?.Value, Subjects = subjects, Request = caller.RequestId, Now = now },
            cancellationToken);
        var affiliate = db.Affiliate.Value;
        db.OnCommit(() => chain.Grows(affiliate));
    }
}

/// <summary>Who has read what lately, as this process knows it. Another instance notes it once more.</summary>
internal sealed class RecentReadings : IDisposable
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private readonly MemoryCache _readings = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    public bool Holds(Guid reader, Guid subject) => _readings.TryGetValue((reader, subject), out _);

    public void Add(Guid reader, Guid subject) =>
        _readings.Set((reader, subject), true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lately });

    public void Dispose() => _readings.Dispose();
}
