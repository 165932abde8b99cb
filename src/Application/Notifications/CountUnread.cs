using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Notifications;

/// <summary>How much the caller has been told and has not read.</summary>
[Requires(Permission.SignedIn)]
public sealed record CountUnread : IQuery<UnreadCount>;

public sealed record UnreadCount(int Count);

internal sealed class CountUnreadHandler(INotifications notifications, ICaller caller) : IRequestHandler<CountUnread, UnreadCount>
{
    public async Task<UnreadCount> Handle(CountUnread query, CancellationToken cancellationToken) =>
        new(await notifications.UnreadAsync(caller.UserId, cancellationToken));
}
