using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Persistence;

internal sealed class PresenceBoard(DbSession db, IDueJobs jobs, IOptions<DeskOptions> options) : IPresences
{
    public TimeSpan Lease => TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    public async Task<Presence> GetAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = "select user_id, declared, last_seen_at, lapsed_at from presence where user_id = @user";

        var row = await db.FindAsync<Row>(sql, new { user }, cancellationToken);
        return row is null ? new Presence(user, null, null, null) : new Presence(user, row.Declared is { } word ? Wire.Value<PresenceStatus>(word) : null, row.LastSeenAt, row.LapsedAt);
    }

    public async Task<Presence> GetForChangeAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = "select 1 from users where id = @user for no key update";

        await db.FindAsync<int>(sql, new { user }, cancellationToken);
        return await GetAsync(user, cancellationToken);
    }

    public async Task DeclareAsync(UserId user, PresenceStatus? status, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into presence (user_id, declared, declared_at, last_seen_at)
            values (@user, @declared, @now, @now)
            on conflict (affiliate_id, user_id) do update
            set declared = coalesce(excluded.declared, presence.declared), last_seen_at = excluded.last_seen_at, lapsed_at = null,
                declared_at = case when excluded.declared is distinct from presence.declared then excluded.declared_at else presence.declared_at end
            """;

        await db.ExecuteAsync(sql, new { user, declared = status?.Name(), now }, cancellationToken);
        await jobs.ScheduleAsync(JobKind.Presence, user.Value, now + Lease, cancellationToken);
    }

    public Task LapseAsync(UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "update presence set lapsed_at = @now where user_id = @user";

        return db.ExecuteAsync(sql, new { user, now }, cancellationToken);
    }

    public Task<IReadOnlyList<ConversationId>> HeldAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = "select id from conversations where responder_id = @user and state not in ('closed', 'expired', 'failed') order by id";

        return db.ListAsync<ConversationId>(sql, new { user }, cancellationToken);
    }

    public Task<IReadOnlyList<ProgramId>> ProgramsAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = "select program_id from user_programs where user_id = @user";

        return db.ListAsync<ProgramId>(sql, new { user }, cancellationToken);
    }

    public Task<bool> AnswersInAsync(UserId user, ProgramId program, CancellationToken cancellationToken)
    {
        const string sql = """
            select exists (
                select from users u
                join user_programs m on m.user_id = u.id and m.program_id = @program
                where u.id = @user and u.role = 'responder' and u.status = 'active')
            """;

        return db.FindAsync<bool>(sql, new { user, program }, cancellationToken);
    }

    public async Task<UserId?> NextWithRoomAsync(ProgramId program, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select u.id
            {Room.Responders}
            order by h.held, p.declared_at, u.id
            limit 1
            for no key update of u skip locked
            """;
        const string stillHasRoom = $"""
            select exists (select {Room.Responders} and u.id = @next)
            """;

        // Locked first and counted again: between the two somebody may have taken their last place.
        var next = await db.FindAsync<UserId?>(sql, new { program, Room.Occupying }, cancellationToken);
        return next is not null && await db.FindAsync<bool>(stillHasRoom, new { program, Room.Occupying, next }, cancellationToken) ? next : null;
    }

    public Task<bool> AnyWithRoomAsync(ProgramId program, CancellationToken cancellationToken)
    {
        const string sql = $"select exists (select {Room.Responders})";

        return db.FindAsync<bool>(sql, new { program, Room.Occupying }, cancellationToken);
    }

    private sealed record Row(Guid UserId, string? Declared, DateTimeOffset? LastSeenAt, DateTimeOffset? LapsedAt);
}
