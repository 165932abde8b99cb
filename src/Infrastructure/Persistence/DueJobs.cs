using Chat.Application.Ports;
using Chat.Infrastructure.Messaging;

namespace Chat.Infrastructure.Persistence;

internal sealed class DueJobs(DbSession db, Wake wake, TimeProvider clock) : IDueJobs
{
    public async Task ScheduleAsync(JobKind kind, Guid subject, DateTimeOffset at, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into due_jobs (affiliate_id, kind, subject_id, due_at)
            values (@Affiliate, @kind, @subject, @at)
            on conflict (affiliate_id, kind, subject_id) do update
            set due_at = excluded.due_at, attempts = 0, claimed_until = null
            """;

        await db.ExecuteAsync(sql, new { db.Affiliate, kind, subject, at = at.ToUniversalTime() }, cancellationToken);
        if (at <= clock.GetUtcNow())
        {
            db.OnCommit(kind == JobKind.Send ? wake.Sendings.Set : wake.Jobs.Set);
        }
    }

    public Task<bool> WaitsAsync(JobKind kind, Guid subject, CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from due_jobs where affiliate_id = @Affiliate and kind = @kind and subject_id = @subject)";

        return db.FindAsync<bool>(sql, new { db.Affiliate, kind, subject }, cancellationToken);
    }

    public Task CancelAsync(JobKind kind, Guid subject, CancellationToken cancellationToken)
    {
        const string sql = "delete from due_jobs where affiliate_id = @Affiliate and kind = @kind and subject_id = @subject";

        return db.ExecuteAsync(sql, new { db.Affiliate, kind, subject }, cancellationToken);
    }

    public async Task<bool> BeginAsync(JobKind kind, Guid subject, CancellationToken cancellationToken)
    {
        const string sql = "delete from due_jobs where affiliate_id = @Affiliate and kind = @kind and subject_id = @subject and due_at <= @Now";

        return await db.ExecuteAsync(sql, new { db.Affiliate, kind, subject, Now = clock.GetUtcNow() }, cancellationToken) == 1;
    }
}
