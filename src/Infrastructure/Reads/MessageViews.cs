using System.Globalization;
using Chat.Application.Common;
using Chat.Application.Messages;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

internal sealed class MessageViews(DbSession db, Keyring keyring, ICaller caller, ILogger<MessageViews> logger)
    : IMessageViews, IRequestHandler<ListMessages, Page<MessageView>>
{
    private const string Columns = """
        m.id, m.sequence, m.direction, m.kind, m.content, m.sender_id, u.name as sender_name, m.status, m.error_code, m.created_at, m.delivered_at,
        m.read_at, m.attachment_types, m.client_message_id
        """;

    private const string Tables = "messages m left join users u on u.affiliate_id = m.affiliate_id and u.id = m.sender_id";

    public async Task<MessageView> ShowAsync(ConversationId conversation, long sequence, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from {Tables}
            where m.conversation_id = @conversation and m.sequence = @sequence
            """;

        return (await ShowAsync(conversation, await db.ListAsync<Row>(sql, new { conversation, sequence }, cancellationToken), cancellationToken)).Single();
    }

    public async Task<Page<MessageView>> Handle(ListMessages query, CancellationToken cancellationToken)
    {
        const string sees = $"select exists (select from conversations c where c.id = @ConversationId and {Visibility.Rule})";
        const string sql = $"""
            select {Columns}
            from {Tables}
            where m.conversation_id = @ConversationId and m.sequence > @After
            order by m.sequence
            limit @Take
            """;

        if (!await db.FindAsync<bool>(sees, new { query.ConversationId, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken))
        {
            throw new NotFoundException("The conversation");
        }

        var size = query.Limit ?? Paging.Default;
        var after = query.Cursor is { } cursor ? long.Parse(cursor, CultureInfo.InvariantCulture) : query.AfterSequence ?? 0;
        var rows = await db.ListAsync<Row>(sql, new { query.ConversationId, After = after, Take = size + 1 }, cancellationToken);
        var views = await ShowAsync(new(query.ConversationId), rows, cancellationToken);
        return Page.Of(views, size, view => view.Sequence.ToString(CultureInfo.InvariantCulture));
    }

    private async Task<IReadOnlyList<MessageView>> ShowAsync(ConversationId conversation, IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var affiliate = db.Affiliate.Value;
        var staff = await keyring.OfAsync(affiliate, cancellationToken);
        var key = (await keyring.DataKeysAsync(affiliate, [conversation.Value], cancellationToken)).GetValueOrDefault(conversation.Value);
        return [.. rows.Select(row => row.Show(Open(key, affiliate, row), row.SenderName is null ? null : StaffName.Open(staff, row.SenderId!.Value, row.SenderName)))];
    }

    // One damaged message must not hide the others.
    private string? Open(SealingKey? key, Guid affiliate, Row row) => logger.OpenOrNull(key, new(affiliate, "messages", "content", row.Id), row.Content);

    private sealed record Row(
        Guid Id, long Sequence, string Direction, string Kind, byte[] Content, Guid? SenderId, byte[]? SenderName, string Status, string? ErrorCode,
        DateTimeOffset CreatedAt, DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt, string[]? AttachmentTypes, string? ClientMessageId)
    {
        public MessageView Show(string? content, string? senderName) => new()
        {
            Id = Id,
            Sequence = Sequence,
            Direction = Direction,
            Kind = Kind,
            Content = content,
            Unreadable = content is null,
            SenderId = SenderId,
            SenderName = senderName,
            Status = Status,
            ErrorCode = ErrorCode,
            Timestamp = CreatedAt,
            DeliveredAt = DeliveredAt,
            ReadAt = ReadAt,
            Attachments = [.. (AttachmentTypes ?? []).Select(type => new AttachmentView(type))],
            ClientMessageId = ClientMessageId,
        };
    }
}
