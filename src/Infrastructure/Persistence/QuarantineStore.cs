using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class QuarantineStore(DbSession db, Keyring keyring, TimeProvider clock) : IQuarantine
{
    /// <summary>More than these, and a stranger could fill the disk: the oldest make room, but never a call that was proven.</summary>
    private const int MostOfAChannel = 1000;

    public async Task KeepAsync(ChannelAccount account, WebhookCall call, string reason, bool proven, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into quarantined_calls (id, channel_id, provider, reason, proven, call, size, received_at)
            values (@Id, @ChannelId, @Provider, @reason, @proven, @Call, @Size, @Now)
            """;
        const string makeRoom = """
            delete from quarantined_calls
            where channel_id = @ChannelId and id in (
                select id from quarantined_calls where channel_id = @ChannelId and not proven order by received_at desc, id desc offset @MostOfAChannel)
            """;

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        await db.ExecuteAsync(
            sql,
            new
            {
                Id = id, account.ChannelId, call.Provider, reason, proven, Call = keys.Fields.Seal(PlaceOf(id), JsonSerializer.SerializeToUtf8Bytes(call)),
                Size = call.Body.Length, Now = now,
            },
            cancellationToken);
        await db.ExecuteAsync(makeRoom, new { account.ChannelId, MostOfAChannel }, cancellationToken);
    }

    public async Task<WebhookCall> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = "select call from quarantined_calls where id = @id";

        var sealedCall = await db.FindAsync<byte[]>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The call");
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return JsonSerializer.Deserialize<WebhookCall>(keys.Fields.Open(PlaceOf(id), sealedCall))!;
    }

    public async Task<ChannelId> ChannelOfAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = "select channel_id from quarantined_calls where id = @id";

        return new(await db.FindAsync<Guid?>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The call"));
    }

    public Task MarkReplayedAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = "update quarantined_calls set replayed_at = @now where id = @id";

        return db.ExecuteAsync(sql, new { id, now = clock.GetUtcNow() }, cancellationToken);
    }

    private Place PlaceOf(Guid id) => new(db.Affiliate.Value, "quarantined_calls", "call", id);
}
