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
            returning conversation_id, sequence, status, error_code, texter_stopped
            """;

        var row = await db.FindAsync<Row>(sql, new { channel, providerMessageId, conversation, sequence, now = clock.GetUtcNow() }, cancellationToken);
        return row!.Receipt!;
    }

    public async Task<DeliveryReceipt?> ReportAsync(
        ChannelId channel, string providerMessageId, MessageStatus status, string? errorCode, bool texterStopped, CancellationToken cancellationToken)
    {
        // One statement: a second one on the same row would make PostgreSQL check its reference again and lock the conversation, before
        // the transaction takes that lock in earnest. What says less than is known changes nothing.
        const string sql = """
            insert into delivery_receipts as known (channel_id, provider_message_id, status, error_code, texter_stopped, updated_at)
            values (@channel, @providerMessageId, @status, @errorCode, @texterStopped, @now)
            on conflict (affiliate_id, channel_id, provider_message_id) do update
                set status = case when known.status is null or known.status = any(@Before) then excluded.status else known.status end,
                    error_code = case when known.status is null or known.status = any(@Before) then excluded.error_code else known.error_code end,
                    texter_stopped = known.texter_stopped or excluded.texter_stopped,
                    updated_at = excluded.updated_at
            returning conversation_id, sequence, status, error_code, texter_stopped
            """;

        var before = Enum.GetValues<MessageStatus>().Where(from => DeliveryLifecycle.Allows(from, status)).Select(from => from.Name()).ToArray();
        var row = await db.FindAsync<Row>(
            sql, new { channel, providerMessageId, status, errorCode, texterStopped, Before = before, now = clock.GetUtcNow() }, cancellationToken);
        return row!.Receipt;
    }

    private sealed record Row(ConversationId? ConversationId, long? Sequence, MessageStatus? Status, string? ErrorCode, bool TexterStopped)
    {
        public DeliveryReceipt? Receipt => ConversationId is { } conversation ? new DeliveryReceipt(conversation, Sequence!.Value, Status, ErrorCode, TexterStopped) : null;
    }
}
