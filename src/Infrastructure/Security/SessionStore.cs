using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Security;

internal sealed class SessionStore(DbSession db, IOptions<JwtOptions> options, [FromKeyedServices(Clocks.Real)] TimeProvider clock, SessionCheck check) : ISessions
{
    // Two tabs that wake together send the same token; within this time the second is no thief.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSession = TimeSpan.FromDays(30);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    public async Task<OpenedSession> StartAsync(UserId user, AffiliateId affiliate, string? device, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into sessions (id, user_id, affiliate_id, created_at, expires_at, device, last_used_at)
            values (@id, @user, @affiliate, @now, @expires, @device, @now)
            """;

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await db.ExecuteAsync(sql, new { id, user, affiliate, now, expires = now + LongestSession, device }, cancellationToken);
        return new OpenedSession(id, user, affiliate, await IssueAsync(id, cancellationToken));
    }

    public Task<bool> IsFreshAsync(Guid session, CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from sessions where id = @session and created_at > @since)";

        return db.FindAsync<bool>(sql, new { session, since = clock.GetUtcNow() - Fresh }, cancellationToken);
    }

    public async Task<OpenedSession?> RotateAsync(string refreshToken, CancellationToken cancellationToken)
    {
        const string sql = """
            select s.id, s.user_id, s.affiliate_id, t.expires_at, t.used_at, s.expires_at as session_expires_at, s.revoked_at
            from refresh_tokens t
            join sessions s on s.id = t.session_id
            where t.token_hash = @hash
            for update
            """;
        const string use = "update refresh_tokens set used_at = @now where token_hash = @hash and used_at is null";
        const string goOn = "update sessions set last_used_at = @now where id = @Id";

        var (now, hash) = (clock.GetUtcNow(), HashOf(refreshToken));
        if (await db.FindAsync<TokenRow>(sql, new { hash }, cancellationToken) is not { RevokedAt: null } row || row.ExpiresAt <= now || row.SessionExpiresAt <= now)
        {
            return null;
        }

        if (row.UsedAt is { } used && used + Grace < now)
        {
            await RevokeAsync(row.Id, cancellationToken);
            return null;
        }

        await db.ExecuteAsync(use, new { now, hash }, cancellationToken);
        await db.ExecuteAsync(goOn, new { now, row.Id }, cancellationToken);
        return new OpenedSession(row.Id, row.UserId, row.AffiliateId, await IssueAsync(row.Id, cancellationToken));
    }

    public async Task RevokeAsync(Guid session, CancellationToken cancellationToken)
    {
        const string sql = "update sessions set revoked_at = @now where id = @session and revoked_at is null";

        await db.ExecuteAsync(sql, new { session, now = clock.GetUtcNow() }, cancellationToken);
        Reconsider(session);
    }

    public async Task<bool> RevokeAsync(Guid session, UserId owner, CancellationToken cancellationToken)
    {
        const string sql = "update sessions set revoked_at = @now where id = @session and user_id = @owner and revoked_at is null";

        Reconsider(session);
        return await db.ExecuteAsync(sql, new { session, owner, now = clock.GetUtcNow() }, cancellationToken) == 1;
    }

    public async Task RevokeAllAsync(UserId user, CancellationToken cancellationToken, Guid? keep)
    {
        const string sql = """
            update sessions
            set revoked_at = @now
            where user_id = @user and revoked_at is null and id is distinct from @keep
            returning id
            """;
        const string links = "delete from password_resets where user_id = @user";

        foreach (var session in await db.ListAsync<Guid>(sql, new { user, keep, now = clock.GetUtcNow() }, cancellationToken))
        {
            Reconsider(session);
        }

        await db.ExecuteAsync(links, new { user }, cancellationToken);
        db.Touch(user.Value);
    }

    public void Reconsider(Guid session) => db.OnCommit(() => check.Forget(session));

    private async Task<string> IssueAsync(Guid session, CancellationToken cancellationToken)
    {
        const string sql = "insert into refresh_tokens (token_hash, session_id, expires_at) values (@hash, @session, @expires)";

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await db.ExecuteAsync(
            sql, new { hash = HashOf(token), session, expires = clock.GetUtcNow() + TimeSpan.FromHours(options.Value.RefreshHours) }, cancellationToken);
        return token;
    }

    // The token is 256 random bits: a plain hash of it cannot be guessed back.
    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private sealed record TokenRow(
        Guid Id, UserId UserId, AffiliateId AffiliateId, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt, DateTimeOffset SessionExpiresAt, DateTimeOffset? RevokedAt);
}
