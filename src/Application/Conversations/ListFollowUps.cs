using Chat.Application.Common;

namespace Chat.Application.Conversations;

/// <summary>What has been agreed on about writing to a texter again, and by which clock that is planned.</summary>
[Requires(Permission.ReadConversations)]
public sealed record ListFollowUps(Guid ConversationId) : IQuery<FollowUpsView>;

/// <param name="TimeZone">The texter's own, or the program's where they have not said where they live.</param>
/// <param name="TimeZoneKnown">Whether it is the texter's own.</param>
/// <param name="QuietHours">When nobody is written to by the clock: a follow-up that falls into them is sent when they end. Null where the program has none.</param>
/// <param name="Items">The newest first.</param>
public sealed record FollowUpsView(string TimeZone, bool TimeZoneKnown, QuietHoursView? QuietHours, IReadOnlyList<FollowUpView> Items);

/// <param name="From">Such as 21:00, by the clock of the time zone.</param>
/// <param name="To">Such as 08:00; it may be of the next day.</param>
public sealed record QuietHoursView(string From, string To);

/// <param name="Message">What the texter reads; null where it can no longer be opened.</param>
/// <param name="Status">scheduled, sent or withdrawn.</param>
/// <param name="Agreed">Whether the texter agreed, as whoever planned it has said; null where they have not.</param>
/// <param name="PlannedById">Who planned it, and says whether the texter agreed.</param>
public sealed record FollowUpView(
    Guid Id, DateTimeOffset ScheduledFor, string? Message, string Status, bool? Agreed, Guid PlannedById, string? PlannedByName, DateTimeOffset PlannedAt);
