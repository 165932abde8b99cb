using Chat.Domain.Common;

namespace Chat.Application.Ports;

/// <summary>What somebody has been told on their desk.</summary>
public interface INotifications
{
    Task<int> UnreadAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Somebody has read these of their own; null: all that there are.</summary>
    Task MarkReadAsync(UserId user, IReadOnlyCollection<Guid>? ids, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What somebody wants to be told of by other ways than the desk.</summary>
/// <param name="Phone">Where texts go, in E.164; without it none go.</param>
public sealed record NotificationWishes(string? Phone, IReadOnlyList<string> ByEmail, IReadOnlyList<string> ByText)
{
    public static readonly NotificationWishes None = new(null, [], []);
}

public interface INotificationSettings
{
    Task<NotificationWishes> OfAsync(UserId user, CancellationToken cancellationToken);

    Task SaveAsync(UserId user, NotificationWishes wishes, CancellationToken cancellationToken);

    /// <summary>The affiliate's channel over which somebody can be texted: one of their own programs first, the oldest first; null when there is none.</summary>
    Task<ChannelId?> TextChannelAsync(UserId user, CancellationToken cancellationToken);
}
