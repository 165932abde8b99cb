using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Chat.Application.Notifications;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Infrastructure.Security;

internal sealed class PasswordResets(DbSession db, Links links, [FromKeyedServices(Clocks.Real)] TimeProvider clock) : IPasswordResets
{
    public async Task<PasswordLink> MakeAsync(UserId user, AffiliateId affiliate, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        const string replace = "delete from password_resets where user_id = @user";
        const string sql = """
            insert into password_resets (token_hash, user_id, affiliate_id, expires_at)
            values (@hash, @user, @affiliate, @expires)
            """;

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var expires = clock.GetUtcNow() + lifetime;
        await db.ExecuteAsync(replace, new { user }, cancellationToken);
        await db.ExecuteAsync(sql, new { hash = HashOf(token), user, affiliate, expires }, cancellationToken);
        db.Touch(user.Value);
        return new PasswordLink(links.ToNewPassword(token), expires);
    }

    public async Task<(UserId User, AffiliateId Affiliate)?> TakeAsync(string token, CancellationToken cancellationToken)
    {
        const string sql = """
            delete from password_resets
            where token_hash = @hash and expires_at > @now
            returning user_id, affiliate_id
            """;

        return await db.FindAsync<Row>(sql, new { hash = HashOf(token), now = clock.GetUtcNow() }, cancellationToken) is { } row
            ? (row.UserId, row.AffiliateId)
            : null;
    }

    // The token is 256 random bits: a plain hash of it cannot be guessed back.
    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private sealed record Row(UserId UserId, AffiliateId AffiliateId);
}
