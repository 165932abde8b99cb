using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using Chat.Domain.Programs;
using Chat.Infrastructure.Inbound;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class TexterRepository(DbSession db, Keyring keyring, TimeProvider clock) : ITexterRepository
{
    public Task<DateTimeOffset?> StoppedAtAsync(TexterId texter, ChannelId channel, CancellationToken cancellationToken)
    {
        const string sql = "select stopped_at from stopped_texters where texter_id = @texter and channel_id = @channel";

        return db.FindAsync<DateTimeOffset?>(sql, new { texter, channel }, cancellationToken);
    }

    public async Task StopAsync(TexterId texter, ChannelId channel, string source, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into stopped_texters (channel_id, texter_id, source, stopped_at)
            values (@channel, @texter, @source, @now)
            on conflict do nothing
            """;

        await db.ExecuteAsync(sql, new { channel, texter, source, now = clock.GetUtcNow() }, cancellationToken);
    }

    public async Task SpreadStopAsync(TexterId texter, ChannelId channel, OptOutScope scope, CancellationToken cancellationToken)
    {
        // The one channel's word holds for the others too, whether it is a stop or its end.
        const string stop = """
            insert into stopped_texters (channel_id, texter_id, source, stopped_at)
            select o.id, s.texter_id, s.source, s.stopped_at
            from stopped_texters s
            join channels own on own.id = s.channel_id
            join channels o on o.id <> own.id and (@everywhere or o.program_id = own.program_id)
            where s.channel_id = @channel and s.texter_id = @texter
            on conflict (affiliate_id, channel_id, texter_id) do update
            set stopped_at = excluded.stopped_at
            """;
        const string allow = """
            delete from stopped_texters s
            using channels own, channels o
            where own.id = @channel and o.id = s.channel_id and (@everywhere or o.program_id = own.program_id) and s.texter_id = @texter
                and not exists (select from stopped_texters t where t.channel_id = @channel and t.texter_id = @texter)
            """;

        if (scope == OptOutScope.Number)
        {
            return;
        }

        foreach (var sql in new[] { stop, allow })
        {
            await db.ExecuteAsync(sql, new { texter, channel, everywhere = scope == OptOutScope.Affiliate }, cancellationToken);
        }
    }

    public Task<string?> TimeZoneAsync(TexterId texter, CancellationToken cancellationToken)
    {
        const string sql = "select time_zone from texters where id = @texter";

        return db.FindAsync<string>(sql, new { texter }, cancellationToken);
    }

    public async Task<string> AddressAsync(ConversationId conversation, TexterId texter, Provider provider, CancellationToken cancellationToken)
    {
        const string sql = """
            select a.id, a.address
            from texter_addresses a
            where a.texter_id = @texter and a.kind = @kind
            order by a.id = (select c.address_id from conversations c where c.id = @conversation) desc nulls last, a.created_at desc
            limit 1
            """;

        var row = await db.FindAsync<AddressRow>(sql, new { conversation, texter, kind = AddressKind.Of(provider) }, cancellationToken)
            ?? throw new NotFoundException("The texter's address");
        var key = await keyring.DataKeyAsync(db.Affiliate.Value, texter.Value, cancellationToken);
        return Envelope.OpenText(key, new(db.Affiliate.Value, "texter_addresses", "address", row.Id), row.Address);
    }

    private sealed record AddressRow(Guid Id, byte[] Address);
}
