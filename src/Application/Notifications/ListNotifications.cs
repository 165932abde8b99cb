using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Notifications;

/// <summary>What the caller has been told, the newest first.</summary>
[Requires(Permission.SignedIn)]
public sealed record ListNotifications(bool? Unread, int? Limit, string? Cursor) : IQuery<Page<NotificationView>>, IPaged;

/// <param name="AboutId">The escalation or the user whom it is about, as the kind has it.</param>
/// <param name="AboutName">The name of the user whom it is about.</param>
public sealed record NotificationView(
    Guid Id, string Kind, Guid? ConversationId, Guid? AboutId, string? AboutName, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);

internal sealed class ListNotificationsValidator : AbstractValidator<ListNotifications>
{
    public ListNotificationsValidator() => this.MustBePaged();
}
