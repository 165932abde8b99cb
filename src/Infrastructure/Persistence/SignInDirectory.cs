using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class SignInDirectory(DbSession db, Keyring keyring) : ISignIns
{
    public async Task<SignInAccount?> FindAsync(string email, CancellationToken cancellationToken)
    {
        const string sql = "select user_id, affiliate_id, password_hash, second_factor from sign_ins where email_hash = @hash and can_sign_in";

        return await db.FindAsync<SignInAccount>(sql, new { hash = await HashOfAsync(keyring, email, cancellationToken) }, cancellationToken);
    }

    public Task<SignInAccount?> FindAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = "select user_id, affiliate_id, password_hash, second_factor from sign_ins where user_id = @user";

        return db.FindAsync<SignInAccount>(sql, new { user }, cancellationToken);
    }

    /// <summary>An address signs in to the installation, whatever affiliate it leads to: its index is the platform's.</summary>
    public static async Task<byte[]> HashOfAsync(Keyring keyring, string email, CancellationToken cancellationToken) =>
        (await keyring.OfAsync(AffiliateId.Platform.Value, cancellationToken)).BlindIndex("email", email.Trim().ToLowerInvariant());
}
