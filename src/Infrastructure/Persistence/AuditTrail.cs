using Chat.Application.Ports;

namespace Chat.Infrastructure.Persistence;

internal sealed class AuditTrail(DbSession db, ICaller caller, TimeProvider clock) : IAuditTrail
{
    public async Task AppendAsync(string action, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into audit_entries (id, action, actor_id, subjects, request_id, at)
            values (@Id, @Action, @Actor, @Subjects, @Request, @Now)
            """;

        var now = clock.GetUtcNow();
        await db.ExecuteAsync(
            sql,
            new
            {
                Id = Guid.CreateVersion7(now), Action = action, Actor = caller.IsSignedIn ? caller.UserId.Value : (Guid?)null,
                Subjects = db.Touched.ToArray(), Request = caller.RequestId, Now = now,
            },
            cancellationToken);
    }
}
