using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Messages;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class MessageRepository(DbSession db, Keyring keyring) : IMessageRepository
{
    private const string Columns = """
        id, conversation_id, sequence, direction, kind, status, content, sender_id, provider_message_id, client_message_id, error_code,
        created_at, delivered_at, read_at
        """;

    public async Task<Message?> FindByClientIdAsync(
        ConversationId conversation, UserId sender, string clientMessageId, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from messages
            where conversation_id = @conversation and sender_id = @sender and client_message_id = @clientMessageId
            """;

        var row = await db.FindAsync<Row>(sql, new { conversation, sender, clientMessageId }, cancellationToken);
        return row is null ? null : await OpenAsync(row, cancellationToken);
    }

    public async Task<Message> GetAsync(ConversationId conversation, long sequence, CancellationToken cancellationToken) =>
        await OpenAsync(await ReadAsync(conversation, sequence, cancellationToken), cancellationToken);

    public async Task<Message> GetWithoutContentAsync(ConversationId conversation, long sequence, CancellationToken cancellationToken) =>
        (await ReadAsync(conversation, sequence, cancellationToken)).With("");

    public Task<bool> TexterWroteAfterAsync(ConversationId conversation, long sequence, CancellationToken cancellationToken)
    {
        const string sql = """
            select exists (
                select from messages where conversation_id = @conversation and sequence > @sequence and direction = 'inbound')
            """;

        return db.FindAsync<bool>(sql, new { conversation, sequence }, cancellationToken);
    }

    public Task<bool> StopWasLastAsync(ConversationId conversation, DateTimeOffset stoppedAt, CancellationToken cancellationToken)
    {
        // A stop carries the time of its message. What was stored together with it may have been written after it, and is taken for that.
        const string sql = """
            select count(*) = 1 and bool_and(created_at = @stoppedAt)
            from messages
            where conversation_id = @conversation and direction = 'inbound' and created_at >= @stoppedAt
            """;

        return db.FindAsync<bool>(sql, new { conversation, stoppedAt }, cancellationToken);
    }

    public async Task AddAsync(Message message, ChannelId channel, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into messages (
                conversation_id, sequence, id, direction, kind, status, content, sender_id, client_message_id, created_at)
            values (@ConversationId, @Sequence, @Id, @Direction, @Kind, @Status, @Content, @SenderId, @ClientMessageId, @CreatedAt)
            """;
        const string due = """
            insert into deliveries (affiliate_id, message_id, conversation_id, channel_id, sequence, due_at)
            values (@Affiliate, @Id, @ConversationId, @channel, @Sequence, @CreatedAt)
            """;

        var key = await keyring.DataKeyAsync(db.Affiliate.Value, message.ConversationId.Value, cancellationToken);
        await db.ExecuteAsync(
            sql,
            new
            {
                message.ConversationId, message.Sequence, message.Id, message.Direction, message.Kind, message.Status,
                Content = Envelope.Seal(key, PlaceOf(message.Id), message.Content), message.SenderId, message.ClientMessageId, message.CreatedAt,
            },
            cancellationToken);
        if (message.Status == MessageStatus.Queued)
        {
            await db.ExecuteAsync(
                due, new { db.Affiliate, message.Id, message.ConversationId, channel, message.Sequence, message.CreatedAt }, cancellationToken);
        }
    }

    public async Task SaveDeliveryAsync(Message message, CancellationToken cancellationToken)
    {
        const string sql = """
            update messages
            set status = @Status, provider_message_id = @ProviderMessageId, error_code = @ErrorCode, delivered_at = @DeliveredAt, read_at = @ReadAt
            where conversation_id = @ConversationId and sequence = @Sequence
            """;

        await db.ExecuteAsync(sql, message, cancellationToken);
    }

    private async Task<Message> OpenAsync(Row row, CancellationToken cancellationToken)
    {
        var key = await keyring.DataKeyAsync(db.Affiliate.Value, row.ConversationId.Value, cancellationToken);
        return row.With(Envelope.OpenText(key, PlaceOf(row.Id), row.Content));
    }

    private async Task<Row> ReadAsync(ConversationId conversation, long sequence, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from messages
            where conversation_id = @conversation and sequence = @sequence
            """;

        return await db.FindAsync<Row>(sql, new { conversation, sequence }, cancellationToken) ?? throw new NotFoundException("The message");
    }

    private Place PlaceOf(MessageId id) => new(db.Affiliate.Value, "messages", "content", id.Value);

    private sealed record Row(
        MessageId Id, ConversationId ConversationId, long Sequence, MessageDirection Direction, MessageKind Kind, MessageStatus Status, byte[] Content,
        UserId? SenderId, string? ProviderMessageId, string? ClientMessageId, string? ErrorCode, DateTimeOffset CreatedAt, DateTimeOffset? DeliveredAt,
        DateTimeOffset? ReadAt)
    {
        public Message With(string content) => new(
            Id, ConversationId, Sequence, Direction, Kind, Status, content, SenderId, ProviderMessageId, ClientMessageId, ErrorCode, CreatedAt, DeliveredAt, ReadAt);
    }
}
