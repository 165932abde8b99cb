using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Affiliates;
using Chat.Domain.Common;
using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Keys;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

internal sealed class AffiliateRepository(DbSession db, Keyring keyring, ChannelDirectory channels) : IAffiliateRepository
{
    public async Task<Affiliate> GetAsync(AffiliateId id, CancellationToken cancellationToken)
    {
        // The installation's own row is nobody's affiliate.
        const string sql = """
            select id, name, region, time_zone, data_retention_days, contact_email, status, version, created_at, updated_at
            from affiliates
            where id = @id and id <> @Platform
            """;

        return await db.FindAsync<Affiliate>(sql, new { id, AffiliateId.Platform }, cancellationToken)
            ?? throw new NotFoundException("The affiliate");
    }

    public async Task AddAsync(Affiliate affiliate, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into affiliates (
                id, name, region, time_zone, data_retention_days, contact_email, status, version, created_at, updated_at)
            values (@Id, @Name, @Region, @TimeZone, @DataRetentionDays, @ContactEmail, @Status, @Version, @CreatedAt, @UpdatedAt)
            """;

        await db.WriteAsync(sql, affiliate, affiliate, cancellationToken);
        await keyring.OfAsync(affiliate.Id.Value, cancellationToken);
    }

    public async Task SaveAsync(Affiliate affiliate, CancellationToken cancellationToken)
    {
        const string sql = """
            update affiliates
            set name = @Name, region = @Region, time_zone = @TimeZone, data_retention_days = @DataRetentionDays,
                contact_email = @ContactEmail, status = @Status, version = @Version, updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        await db.WriteAsync(sql, affiliate, affiliate, cancellationToken);
        db.OnCommit(channels.Forget);
    }

    public async Task DeleteAsync(Affiliate affiliate, CancellationToken cancellationToken)
    {
        const string sql = "delete from affiliates where id = @Id and version = @Version";

        try
        {
            await db.WriteAsync(sql, affiliate, affiliate, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new RefusedException(
                "affiliate.in_use",
                "The affiliate has programs, people or emergency contacts. Remove them first, or make the affiliate inactive.");
        }
    }
}
