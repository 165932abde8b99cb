using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Notifications;

/// <summary>What the caller wants to be told of by other ways than the desk, and which of these ways there are.</summary>
[Requires(Permission.SignedIn)]
public sealed record GetNotificationSettings : IQuery<NotificationSettingsView>;

/// <param name="Phone">Where texts go, in E.164.</param>
/// <param name="EmailAvailable">Whether the installation has a mail server.</param>
/// <param name="TextAvailable">Whether the affiliate has a channel to text over.</param>
public sealed record NotificationSettingsView(
    string? Phone, IReadOnlyList<string> ByEmail, IReadOnlyList<string> ByText, bool EmailAvailable, bool TextAvailable);

internal sealed class GetNotificationSettingsHandler(INotificationSettings settings, IMailSender mail, ICaller caller)
    : IRequestHandler<GetNotificationSettings, NotificationSettingsView>
{
    public async Task<NotificationSettingsView> Handle(GetNotificationSettings query, CancellationToken cancellationToken)
    {
        var wishes = await settings.OfAsync(caller.UserId, cancellationToken);
        var channel = await settings.TextChannelAsync(caller.UserId, cancellationToken);
        return new NotificationSettingsView(wishes.Phone, wishes.ByEmail, wishes.ByText, mail.IsConfigured, channel is not null);
    }
}
