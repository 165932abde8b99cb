using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using Chat.Infrastructure.Keys;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>Where a user's address and name stand, sealed under their affiliate's key.</summary>
internal static class UserSecrets
{
    public static Place Email(Guid affiliate, Guid user) => new(affiliate, "users", "email", user);

    public static Place Name(Guid affiliate, Guid user) => new(affiliate, "users", "name", user);
}

internal sealed class UserRepository(DbSession db, Keyring keyring, ISessions sessions) : IUserRepository
{
    private const string Columns = """
        u.id, u.email, u.name, u.role, u.status, u.max_concurrent,
        array(select p.program_id from user_programs p where p.user_id = u.id order by p.program_id) as program_ids,
        u.version, u.created_at, u.updated_at
        """;

    public async Task<User> GetAsync(UserId id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new NotFoundException("The user");

    public Task<User?> FindAsync(UserId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from users u
            where u.id = @id
            """;

        return ReadAsync(sql, id, cancellationToken);
    }

    public async Task<User> GetForChangeAsync(UserId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from users u
            where u.id = @id
            for no key update of u
            """;

        return await ReadAsync(sql, id, cancellationToken) ?? throw new NotFoundException("The user");
    }

    public Task<bool> HoldsConversationsAsync(UserId id, CancellationToken cancellationToken)
    {
        const string sql = """
            select exists (select from conversations where responder_id = @id and state not in ('closed', 'expired', 'failed'))
            """;

        return db.FindAsync<bool>(sql, new { id }, cancellationToken);
    }

    public Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        // No update of a key: whatever else refers to the installation's own row goes on meanwhile.
        const string sql = "select id from affiliates where id = @Platform for no key update";

        return db.ExecuteAsync(sql, new { AffiliateId.Platform }, cancellationToken);
    }

    public Task<bool> AnotherPlatformAdminExistsAsync(UserId except, CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from sign_ins where affiliate_id = @Platform and can_sign_in and user_id <> @except)";

        return db.FindAsync<bool>(sql, new { AffiliateId.Platform, except }, cancellationToken);
    }

    public async Task AddAsync(User user, string passwordHash, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into users (id, email, name, role, status, max_concurrent, version, created_at, updated_at)
            values (@Id, @Email, @Name, @Role, @Status, @MaxConcurrent, @Version, @CreatedAt, @UpdatedAt)
            """;
        const string signIn = """
            insert into sign_ins (user_id, affiliate_id, email_hash, password_hash, can_sign_in)
            values (@Id, @Affiliate, @EmailHash, @passwordHash, @CanSignIn)
            """;

        await db.WriteAsync(sql, user, await SealAsync(user, cancellationToken), cancellationToken);
        await WriteSignInAsync(signIn, user, passwordHash, cancellationToken);
        await db.AddResourceAsync(user.Key, AdminResources.User, cancellationToken);
        await PutProgramsAsync(user, cancellationToken);
    }

    public async Task SaveAsync(User user, string? passwordHash, CancellationToken cancellationToken)
    {
        const string sql = """
            update users
            set email = @Email, name = @Name, role = @Role, status = @Status, max_concurrent = @MaxConcurrent, version = @Version,
                updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;
        const string signIn = """
            update sign_ins
            set email_hash = @EmailHash, password_hash = coalesce(@passwordHash, password_hash), can_sign_in = @CanSignIn
            where user_id = @Id
            """;
        const string places = "delete from known_places where user_id = @Id";

        await db.WriteAsync(sql, user, await SealAsync(user, cancellationToken), cancellationToken);
        await WriteSignInAsync(signIn, user, passwordHash, cancellationToken);
        await PutProgramsAsync(user, cancellationToken);
        if (passwordHash is not null)
        {
            // Somebody else may have known the old one, and signed in with it.
            await db.ExecuteAsync(places, new { user.Id }, cancellationToken);
            await sessions.RevokeAllAsync(user.Id, cancellationToken);
        }
    }

    public async Task DeleteAsync(User user, CancellationToken cancellationToken)
    {
        const string sql = "delete from users where id = @Id and version = @Version";
        const string signIn = "delete from sign_ins where user_id = @Id";

        try
        {
            await db.WriteAsync(sql, user, user, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new RefusedException(
                "user.in_use", "This person has held conversations, and their record names them. Make the account inactive instead.");
        }

        await db.ExecuteAsync(signIn, new { user.Id }, cancellationToken);
        await db.RemoveResourceAsync(user.Key, cancellationToken);
    }

    private async Task<User?> ReadAsync(string sql, UserId id, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<Row>(sql, new { id }, cancellationToken) is not { } row)
        {
            return null;
        }

        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return new User(
            row.Id, keys.Fields.OpenText(UserSecrets.Email(keys.Affiliate, id.Value), row.Email),
            keys.Fields.OpenText(UserSecrets.Name(keys.Affiliate, id.Value), row.Name), row.Role, row.Status, row.MaxConcurrent,
            row.ProgramIds, row.Version, row.CreatedAt, row.UpdatedAt);
    }

    private async Task<object> SealAsync(User user, CancellationToken cancellationToken)
    {
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return new
        {
            user.Id, Email = keys.Fields.Seal(UserSecrets.Email(keys.Affiliate, user.Key), user.Email),
            Name = keys.Fields.Seal(UserSecrets.Name(keys.Affiliate, user.Key), user.Name), user.Role, user.Status,
            user.MaxConcurrent, user.Version, user.CreatedAt, user.UpdatedAt,
        };
    }

    private async Task WriteSignInAsync(string sql, User user, string? passwordHash, CancellationToken cancellationToken)
    {
        var emailHash = await SignInDirectory.HashOfAsync(keyring, user.Email, cancellationToken);
        try
        {
            await db.ExecuteAsync(
                sql, new { user.Id, db.Affiliate, EmailHash = emailHash, passwordHash, CanSignIn = user.Status == Status.Active },
                cancellationToken);
        }
        catch (PostgresException taken) when (taken.ConstraintName == "sign_ins_email_hash_key")
        {
            throw new RefusedException("user.email_taken", "Somebody signs in with this e-mail address.");
        }
    }

    private async Task PutProgramsAsync(User user, CancellationToken cancellationToken)
    {
        const string leave = "delete from user_programs where user_id = @Id and program_id <> all(@ProgramIds)";
        const string join = """
            insert into user_programs (user_id, program_id)
            select @Id, program
            from unnest(@ProgramIds) as program
            on conflict do nothing
            """;

        try
        {
            await db.ExecuteAsync(leave, new { user.Id, user.ProgramIds }, cancellationToken);
            await db.ExecuteAsync(join, new { user.Id, user.ProgramIds }, cancellationToken);
        }
        catch (PostgresException missing) when (missing.ConstraintName == "user_programs_affiliate_id_program_id_fkey")
        {
            throw new NotFoundException("The program");
        }
    }

    private sealed record Row(
        UserId Id, byte[] Email, byte[] Name, Role Role, Status Status, int MaxConcurrent, Guid[] ProgramIds, long Version,
        DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
}
