using Chat.Domain.Common;

namespace Chat.Domain.Messages;

public enum MessageDirection
{
    /// <summary>From the texter.</summary>
    Inbound,

    /// <summary>From a responder to the texter.</summary>
    Outbound,

    /// <summary>A note that only staff see.</summary>
    Internal,

    /// <summary>An automatic answer to the texter.</summary>
    System,
}

public enum MessageKind
{
    Text,
    Note,
}

/// <summary>One thing said.</summary>
public sealed class Message
{
    // The columns of the table, in the order in which it is read.
    public Message(
        MessageId id, ConversationId conversationId, long sequence, MessageDirection direction, MessageKind kind, MessageStatus status, string content,
        UserId? senderId, string? providerMessageId, string? clientMessageId, string? errorCode, DateTimeOffset createdAt,
        DateTimeOffset? deliveredAt, DateTimeOffset? readAt)
    {
        Id = id;
        ConversationId = conversationId;
        Sequence = sequence;
        Direction = direction;
        Kind = kind;
        Status = status;
        Content = content;
        SenderId = senderId;
        ProviderMessageId = providerMessageId;
        ClientMessageId = clientMessageId;
        ErrorCode = errorCode;
        CreatedAt = createdAt;
        DeliveredAt = deliveredAt;
        ReadAt = readAt;
    }

    public MessageId Id { get; }

    public ConversationId ConversationId { get; }

    public long Sequence { get; }

    public MessageDirection Direction { get; }

    public MessageKind Kind { get; }

    public MessageStatus Status { get; private set; }

    public string Content { get; }

    public UserId? SenderId { get; }

    public string? ProviderMessageId { get; private set; }

    public string? ClientMessageId { get; }

    public string? ErrorCode { get; private set; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    public DateTimeOffset? ReadAt { get; private set; }

    public static Message Outbound(
        MessageId id, ConversationId conversation, long sequence, string content, UserId sender, string? clientMessageId, DateTimeOffset now) =>
        new(id, conversation, sequence, MessageDirection.Outbound, MessageKind.Text, MessageStatus.Queued, content, sender, null, clientMessageId, null, now, null, null);

    public static Message Automatic(MessageId id, ConversationId conversation, long sequence, string content, DateTimeOffset now) =>
        new(id, conversation, sequence, MessageDirection.System, MessageKind.Text, MessageStatus.Queued, content, null, null, null, null, now, null, null);

    public static Message Note(
        MessageId id, ConversationId conversation, long sequence, string content, UserId author, string? clientMessageId, DateTimeOffset now) =>
        new(id, conversation, sequence, MessageDirection.Internal, MessageKind.Note, MessageStatus.Recorded, content, author, null, clientMessageId, null, now, null, null);

    /// <summary>A sender's own id names one message: under it nothing else can be said, or what was said last would silently be lost.</summary>
    public void RequireSame(MessageKind kind, string content)
    {
        if (Kind != kind || Content != content)
        {
            throw new RefusedException("message.client_id_reused", "You have used this clientMessageId for another message.");
        }
    }

    /// <summary>The provider has taken the message over under an id of its own.</summary>
    public bool Accepted(string providerMessageId, DateTimeOffset now)
    {
        ProviderMessageId = providerMessageId;
        return Become(MessageStatus.Sent, null, now);
    }

    /// <summary>Takes over a delivery status where it is news; providers repeat themselves and report out of order. True when something changed.</summary>
    public bool Become(MessageStatus status, string? errorCode, DateTimeOffset now)
    {
        if (!DeliveryLifecycle.Allows(Status, status))
        {
            return false;
        }

        Status = status;
        ErrorCode = status == MessageStatus.Failed ? errorCode : null;
        if (status is MessageStatus.Delivered or MessageStatus.Read)
        {
            DeliveredAt ??= now;
        }

        if (status == MessageStatus.Read)
        {
            ReadAt = now;
        }

        return true;
    }
}
