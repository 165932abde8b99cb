using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Keys;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

internal sealed class ChannelRepository(DbSession db, Keyring keyring, ChannelDirectory channels) : IChannelRepository
{
    // Settings that are addresses too: a provider may name the service that holds the number instead of the number.
    private static readonly string[] AlsoAddresses = ["messagingServiceSid"];

    public async Task<Channel> GetAsync(ChannelId id, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, program_id, provider, address, credentials, settings::text as settings, status, version, created_at, updated_at
            from channels
            where id = @id
            for no key update
            """;

        var row = await db.FindAsync<Row>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The channel");
        var credentials = await ChannelSecrets.OpenAsync(keyring, db.Affiliate.Value, id.Value, row.Credentials, cancellationToken);
        return new Channel(
            row.Id, row.ProgramId, row.Provider, row.Address, credentials, row.Settings, row.Status, row.Version, row.CreatedAt,
            row.UpdatedAt);
    }

    public async Task AddAsync(Channel channel, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into channels (
                id, program_id, provider, address, credentials, credentials_set, settings, status, version, created_at, updated_at)
            values (
                @Id, @ProgramId, @Provider, @Address, @Credentials, @CredentialsSet, @Settings::jsonb, @Status, @Version, @CreatedAt,
                @UpdatedAt)
            """;

        await WriteAsync(sql, channel, cancellationToken);
        await db.AddResourceAsync(channel.Key, AdminResources.Channel, cancellationToken);
        await PutAddressesAsync(channel, cancellationToken);
    }

    public async Task SaveAsync(Channel channel, CancellationToken cancellationToken)
    {
        const string sql = """
            update channels
            set program_id = @ProgramId, address = @Address, credentials = @Credentials, credentials_set = @CredentialsSet,
                settings = @Settings::jsonb, status = @Status, version = @Version, updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        await WriteAsync(sql, channel, cancellationToken);
        await PutAddressesAsync(channel, cancellationToken);
    }

    public async Task DeleteAsync(Channel channel, CancellationToken cancellationToken)
    {
        const string sql = "delete from channels where id = @Id and version = @Version";

        try
        {
            await db.WriteAsync(sql, channel, channel, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new RefusedException(
                "channel.in_use", "Texters have written over this channel. Make it inactive: then it takes nothing new.");
        }

        await RemoveAddressesAsync(channel, cancellationToken);
        await db.RemoveResourceAsync(channel.Key, cancellationToken);
        db.OnCommit(channels.Forget);
    }

    private async Task WriteAsync(string sql, Channel channel, CancellationToken cancellationToken)
    {
        var row = new
        {
            channel.Id, channel.ProgramId, channel.Provider, channel.Address,
            Credentials = await ChannelSecrets.SealAsync(keyring, db.Affiliate.Value, channel.Key, channel.Credentials, cancellationToken),
            CredentialsSet = channel.Credentials.Keys.Order(StringComparer.Ordinal).ToArray(),
            channel.Settings, channel.Status, channel.Version, channel.CreatedAt, channel.UpdatedAt,
        };
        try
        {
            await db.WriteAsync(sql, channel, row, cancellationToken);
        }
        catch (PostgresException missing) when (missing.ConstraintName == "channels_affiliate_id_program_id_fkey")
        {
            throw new NotFoundException("The program");
        }

        db.OnCommit(channels.Forget);
    }

    private async Task PutAddressesAsync(Channel channel, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into channel_addresses (provider, address_hash, affiliate_id, channel_id)
            values (@Provider, @Hash, @Affiliate, @Id)
            """;

        await RemoveAddressesAsync(channel, cancellationToken);
        var settings = ChannelSecrets.ReadSettings(channel.Settings);
        var addresses = AlsoAddresses.Select(settings.GetValueOrDefault).OfType<string>().Append(channel.Address);
        try
        {
            foreach (var address in addresses.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var hash = await ChannelDirectory.AddressHashAsync(keyring, channel.Provider, address, cancellationToken);
                await db.ExecuteAsync(sql, new { channel.Provider, Hash = hash, db.Affiliate, channel.Id }, cancellationToken);
            }
        }
        catch (PostgresException taken) when (taken.ConstraintName == "channel_addresses_pkey")
        {
            throw new RefusedException(
                "channel.address_taken", "Another channel of this installation has this address or this messaging service.");
        }
    }

    private Task<int> RemoveAddressesAsync(Channel channel, CancellationToken cancellationToken)
    {
        const string sql = "delete from channel_addresses where channel_id = @Id";

        return db.ExecuteAsync(sql, new { channel.Id }, cancellationToken);
    }

    private sealed record Row(
        ChannelId Id, ProgramId ProgramId, Provider Provider, string Address, byte[] Credentials, string Settings, Status Status,
        long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
}
