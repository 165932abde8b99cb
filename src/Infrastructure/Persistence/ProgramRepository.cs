using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Channels;
using Npgsql;
using Program = Chat.Domain.Programs.Program;

namespace Chat.Infrastructure.Persistence;

internal sealed class ProgramRepository(DbSession db, ChannelDirectory channels) : IProgramRepository
{
    public async Task<Program> GetAsync(ProgramId id, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, name, short_code, description, status, settings::text as settings, version, created_at, updated_at
            from programs
            where id = @id
            for no key update
            """;

        return await db.FindAsync<Program>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The program");
    }

    public async Task AddAsync(Program program, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into programs (id, name, short_code, description, status, settings, version, created_at, updated_at)
            values (@Id, @Name, @ShortCode, @Description, @Status, @Settings::jsonb, @Version, @CreatedAt, @UpdatedAt)
            """;

        await WriteAsync(sql, program, cancellationToken);
        await db.AddResourceAsync(program.Key, AdminResources.Program, cancellationToken);
    }

    public Task SaveAsync(Program program, CancellationToken cancellationToken)
    {
        const string sql = """
            update programs
            set name = @Name, short_code = @ShortCode, description = @Description, status = @Status, settings = @Settings::jsonb,
                version = @Version, updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        return WriteAsync(sql, program, cancellationToken);
    }

    public async Task DeleteAsync(Program program, CancellationToken cancellationToken)
    {
        const string sql = "delete from programs where id = @Id and version = @Version";

        try
        {
            await WriteAsync(sql, program, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new RefusedException(
                "program.in_use", "The program has people, keywords, channels or conversations. Make it inactive: then it takes nothing new.");
        }

        await db.RemoveResourceAsync(program.Key, cancellationToken);
    }

    private async Task WriteAsync(string sql, Program program, CancellationToken cancellationToken)
    {
        try
        {
            await db.WriteAsync(sql, program, program, cancellationToken);
        }
        catch (PostgresException taken) when (taken.ConstraintName == "programs_short_code")
        {
            throw new RefusedException("program.short_code_taken", "Another program of the affiliate has this short code.");
        }
        catch (PostgresException missing) when (missing.ConstraintName == "programs_affiliate_id_fkey")
        {
            throw new NotFoundException("The affiliate");
        }

        db.OnCommit(channels.Forget);
    }
}
