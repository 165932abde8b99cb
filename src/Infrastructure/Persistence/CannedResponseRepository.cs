using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.CannedResponses;
using Chat.Domain.Common;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

internal sealed class CannedResponseRepository(DbSession db) : ICannedResponseRepository
{
    public async Task<CannedResponse> GetAsync(CannedResponseId id, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, program_id, title, body, version, created_at, updated_at
            from canned_responses
            where id = @id
            for no key update
            """;

        return await db.FindAsync<CannedResponse>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The canned response");
    }

    public async Task AddAsync(CannedResponse response, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into canned_responses (id, program_id, title, body, version, created_at, updated_at)
            values (@Id, @ProgramId, @Title, @Body, @Version, @CreatedAt, @UpdatedAt)
            """;

        await WriteAsync(sql, response, cancellationToken);
        await db.AddResourceAsync(response.Key, AdminResources.CannedResponse, cancellationToken);
    }

    public Task SaveAsync(CannedResponse response, CancellationToken cancellationToken)
    {
        const string sql = """
            update canned_responses
            set program_id = @ProgramId, title = @Title, body = @Body, version = @Version, updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        return WriteAsync(sql, response, cancellationToken);
    }

    public async Task DeleteAsync(CannedResponse response, CancellationToken cancellationToken)
    {
        const string sql = "delete from canned_responses where id = @Id and version = @Version";

        await WriteAsync(sql, response, cancellationToken);
        await db.RemoveResourceAsync(response.Key, cancellationToken);
    }

    private async Task WriteAsync(string sql, CannedResponse response, CancellationToken cancellationToken)
    {
        try
        {
            await db.WriteAsync(sql, response, response, cancellationToken);
        }
        catch (PostgresException missing) when (missing.ConstraintName == "canned_responses_affiliate_id_program_id_fkey")
        {
            throw new NotFoundException("The program");
        }
    }
}
