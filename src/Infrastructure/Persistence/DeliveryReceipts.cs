using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Messages;

namespace Chat.Infrastructure.Persistence;

/// <summary>
/// One row for each id of a provider's, written by whoever comes first, our own note of having sent or the provider's report: its lock
/// makes the two take turns, so that the second always sees the first.
/// </summary>
internal sealed class DeliveryReceipts(DbSession db, TimeProvider clock) : IDeliveryReceipts
{
    public async Task<DeliveryReceipt> LinkAsync(
        ChannelId channel, string providerMessageId, ConversationId conversation, long sequence, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into delivery_receipts (channel_id, provider_message_id, conversation_id, sequence, updated_at)
            values (@channel, @providerMessageId, @conversation, @sequence, @now)
            on conflict (affiliate_id, channel_id, provider_message_id) do update
                set conversation_id = excluded.conversation_id, sequence = excluded.sequence, updated_at = excluded.updated_at
            returning conversation_id, sequence, status, error_code
            """;

        var row = await db.FindAsync<Row>(sql, new { channel, providerMessageId, conversation, sequence, now = clock.GetUtcNow() }, cancellationToken);
        return row!.Receipt!;
    }

    public async Task<DeliveryReceipt?> ReportAsync(
        ChannelId channel, string providerMessageId, MessageStatus status, string? errorCode, CancellationToken cancellationToken)
    {
        const string take = """
            insert into delivery_receipts (channel_id, provider_message_id, status, error_code, updated_at)
            values (@channel, @providerMessageId, @status, @errorCode, @now)
            on conflict (affiliate_id, channel_id, provider_message_id) do update
                set updated_at = excluded.updated_at
            returning conversation_id, sequence, status, error_code
            """;
        const string further = """
            update delivery_receipts
            set status = @status, error_code = @errorCode
            where channel_id = @channel and provider_message_id = @providerMessageId
            """;

        var parameters = new { channel, providerMessageId, status, errorCode, now = clock.GetUtcNow() };
        var row = await db.FindAsync<Row>(take, parameters, cancellationToken);
        if (row!.Status is { } before ? DeliveryLifecycle.Further(before, status) != before : status != row.Status)
        {
            await db.ExecuteAsync(further, parameters, cancellationToken);
        }

        return row.Receipt;
    }

    private sealed record Row(ConversationId? ConversationId, long? Sequence, MessageStatus? Status, string? ErrorCode)
    {
        public DeliveryReceipt? Receipt => ConversationId is { } conversation ? new DeliveryReceipt(conversation, Sequence!.Value, Status, ErrorCode) : null;
    }
}
