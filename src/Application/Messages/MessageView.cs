namespace Chat.Application.Messages;

/// <summary>A message as the API shows it.</summary>
public sealed record MessageView
{
    public required Guid Id { get; init; }

    public required long Sequence { get; init; }

    /// <summary>inbound (from the texter), outbound (a responder's), system (automatic, to the texter) or internal (staff only).</summary>
    public required string Direction { get; init; }

    public required string Kind { get; init; }

    /// <summary>The text; null where it can no longer be read.</summary>
    public string? Content { get; init; }

    /// <summary>True when the stored text could not be opened: it was damaged, or its key is gone.</summary>
    public required bool Unreadable { get; init; }

    public Guid? SenderId { get; init; }

    public string? SenderName { get; init; }

    /// <summary>received, recorded, queued, sent, delivered, read or failed.</summary>
    public required string Status { get; init; }

    /// <summary>Why a message failed, in a provider's or our own code.</summary>
    public string? ErrorCode { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? ReadAt { get; init; }

    public required IReadOnlyList<AttachmentView> Attachments { get; init; }

    public string? ClientMessageId { get; init; }
}

/// <param name="ContentType">What the provider says it is, such as image/jpeg.</param>
public sealed record AttachmentView(string ContentType);
