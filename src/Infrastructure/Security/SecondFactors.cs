using System.Security.Cryptography;
using System.Text;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Security;

internal sealed class SecondFactors(
    DbSession db, Keyring keyring, IOptions<SignInOptions> options, [FromKeyedServices(Clocks.Real)] TimeProvider clock) : ISecondFactors
{
    private const string Issuer = "Chat";
    private const int RecoveryCodes = 10;
    private const int RecoveryCodeSize = 15;

    public bool IsDemandedOf(Role role) => options.Value.Demands(role);

    public Task<bool> IsEnabledAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from second_factors where user_id = @user and enabled_at is not null)";

        return db.FindAsync<bool>(sql, new { user }, cancellationToken);
    }

    public async Task<(string Secret, string Address)> SetUpAsync(UserId user, string email, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into second_factors (user_id, secret, created_at)
            values (@user, @sealed, @now)
            on conflict (affiliate_id, user_id) do update
            set secret = excluded.secret, created_at = excluded.created_at, last_step = 0
            where second_factors.enabled_at is null
            """;

        var secret = RandomNumberGenerator.GetBytes(Totp.SecretSize);
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        var @sealed = keys.Fields.Seal(PlaceOf(user), secret);
        await db.ExecuteAsync(sql, new { user, @sealed, now = clock.GetUtcNow() }, cancellationToken);
        var text = Totp.Base32(secret);
        return (text, Totp.Address(Issuer, email, text));
    }

    public async Task<IReadOnlyList<string>?> EnableAsync(UserId user, string code, CancellationToken cancellationToken)
    {
        const string sql = "update second_factors set enabled_at = @now where user_id = @user and enabled_at is null";
        const string told = "update sign_ins set second_factor = true where user_id = @user";
        const string keep = "insert into recovery_codes (user_id, code_hash) select @user, hash from unnest(@hashes) as hash";

        var now = clock.GetUtcNow();
        if (!await AcceptTimedAsync(user, code, now, cancellationToken) || await db.ExecuteAsync(sql, new { user, now }, cancellationToken) == 0)
        {
            return null;
        }

        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => NewRecoveryCode()).ToList();
        await db.ExecuteAsync(told, new { user }, cancellationToken);
        await db.ExecuteAsync(keep, new { user, hashes = codes.Select(one => HashOf(user, one)).ToArray() }, cancellationToken);
        db.Touch(user.Value);
        return codes;
    }

    public async Task<bool> AcceptAsync(UserId user, string code, CancellationToken cancellationToken)
    {
        const string sql = "update recovery_codes set used_at = @now where user_id = @user and code_hash = @hash and used_at is null";

        var now = clock.GetUtcNow();
        var typed = string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));
        return await AcceptTimedAsync(user, typed, now, cancellationToken)
            || await db.ExecuteAsync(sql, new { user, now, hash = HashOf(user, typed) }, cancellationToken) == 1;
    }

    public async Task RemoveAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = "delete from second_factors where user_id = @user";
        const string told = "update sign_ins set second_factor = false where user_id = @user";

        await db.ExecuteAsync(sql, new { user }, cancellationToken);
        await db.ExecuteAsync(told, new { user }, cancellationToken);
        db.Touch(user.Value);
    }

    // Whoever comes second with one code waits for the first and finds its step taken.
    private async Task<bool> AcceptTimedAsync(UserId user, string code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "select secret from second_factors where user_id = @user";
        const string take = "update second_factors set last_step = @step where user_id = @user and last_step < @step";

        if (await db.FindAsync<byte[]>(sql, new { user }, cancellationToken) is not { } @sealed)
        {
            return false;
        }

        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return Totp.Match(keys.Fields.Open(PlaceOf(user), @sealed), code, now) is { } step
            && await db.ExecuteAsync(take, new { user, step }, cancellationToken) == 1;
    }

    private static string NewRecoveryCode()
    {
        var letters = Totp.Base32(RandomNumberGenerator.GetBytes(RecoveryCodeSize)).ToLowerInvariant();
        return string.Join('-', letters.Chunk(4).Select(part => new string(part)));
    }

    // 120 random bits: a plain hash of them cannot be guessed back. Typed with or without its dashes, it is the same code.
    private static byte[] HashOf(UserId user, string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Value:n}|{code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}"));

    private Place PlaceOf(UserId user) => new(db.Affiliate.Value, "second_factors", "secret", user.Value);
}
