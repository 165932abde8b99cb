using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Notifications;

/// <summary>The caller has read these, or all that they have been told; others' are left alone.</summary>
[Requires(Permission.SignedIn)]
public sealed record MarkNotificationsRead(IReadOnlyList<Guid>? Ids) : ICommand<UnreadCount>;

internal sealed class MarkNotificationsReadValidator : AbstractValidator<MarkNotificationsRead>
{
    public MarkNotificationsReadValidator() =>
        RuleFor(command => command.Ids).Must(ids => ids is null || ids.Count <= Paging.Most).WithMessage($"At most {Paging.Most} at once.");
}

internal sealed class MarkNotificationsReadHandler(INotifications notifications, ICaller caller, TimeProvider clock)
    : IRequestHandler<MarkNotificationsRead, UnreadCount>
{
    public async Task<UnreadCount> Handle(MarkNotificationsRead command, CancellationToken cancellationToken)
    {
        await notifications.MarkReadAsync(caller.UserId, command.Ids, clock.GetUtcNow(), cancellationToken);
        return new UnreadCount(await notifications.UnreadAsync(caller.UserId, cancellationToken));
    }
}
