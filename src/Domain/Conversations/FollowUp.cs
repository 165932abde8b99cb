using Chat.Domain.Common;

namespace Chat.Domain.Conversations;

public enum FollowUpStatus
{
    Scheduled,
    Sent,

    /// <summary>The texter came back by themselves, or the conversation was taken up again otherwise.</summary>
    Withdrawn,
}

/// <summary>Writing to the texter again later, as agreed with them.</summary>
/// <param name="Agreed">Whether the texter agreed, as whoever planned it has said; null where they have not.</param>
public sealed record FollowUp(
    FollowUpId Id, ConversationId ConversationId, DateTimeOffset ScheduledFor, string Message, FollowUpStatus Status, UserId ScheduledBy, DateTimeOffset CreatedAt,
    bool? Agreed);
