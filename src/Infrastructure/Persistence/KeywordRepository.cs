using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Keywords;
using Chat.Infrastructure.Channels;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

internal sealed class KeywordRepository(DbSession db, ChannelDirectory channels) : IKeywordRepository
{
    public async Task<Keyword> GetAsync(KeywordId id, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, program_id, keyword as word, action, sub_program, response, version, created_at, updated_at
            from keywords
            where id = @id
            for no key update
            """;

        return await db.FindAsync<Keyword>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The keyword");
    }

    public async Task AddAsync(Keyword keyword, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into keywords (id, program_id, keyword, normalised, action, sub_program, response, version, created_at, updated_at)
            values (@Id, @ProgramId, @Word, @Normalised, @Action, @SubProgram, @Response, @Version, @CreatedAt, @UpdatedAt)
            """;

        await WriteAsync(sql, keyword, cancellationToken);
        await db.AddResourceAsync(keyword.Key, AdminResources.Keyword, cancellationToken);
    }

    public Task SaveAsync(Keyword keyword, CancellationToken cancellationToken)
    {
        const string sql = """
            update keywords
            set program_id = @ProgramId, keyword = @Word, normalised = @Normalised, action = @Action, sub_program = @SubProgram,
                response = @Response, version = @Version, updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        return WriteAsync(sql, keyword, cancellationToken);
    }

    public async Task DeleteAsync(Keyword keyword, CancellationToken cancellationToken)
    {
        const string sql = "delete from keywords where id = @Id and version = @Version";

        await WriteAsync(sql, keyword, cancellationToken);
        await db.RemoveResourceAsync(keyword.Key, cancellationToken);
    }

    private async Task WriteAsync(string sql, Keyword keyword, CancellationToken cancellationToken)
    {
        try
        {
            await db.WriteAsync(sql, keyword, keyword, cancellationToken);
        }
        catch (PostgresException taken) when (taken.ConstraintName == "keywords_affiliate_id_program_id_normalised_key")
        {
            throw new RefusedException(
                "keyword.taken", "The program has this keyword: case, accents and punctuation do not make another one.");
        }
        catch (PostgresException missing) when (missing.ConstraintName == "keywords_affiliate_id_program_id_fkey")
        {
            throw new NotFoundException("The program");
        }

        db.OnCommit(channels.Forget);
    }
}
