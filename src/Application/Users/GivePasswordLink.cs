using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Users;

/// <summary>An admin makes a link with which somebody sets a new password, to hand it to them. It is shown once.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record GivePasswordLink(Guid UserId) : ICommand<PasswordLink>, IAboutResource
{
    Guid IAboutResource.ResourceId => UserId;
}

internal sealed class GivePasswordLinkHandler(IUserRepository users, IPasswordResets resets, IUnitOfWork work, ICaller caller)
    : IRequestHandler<GivePasswordLink, PasswordLink>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public async Task<PasswordLink> Handle(GivePasswordLink command, CancellationToken cancellationToken)
    {
        if (command.UserId == caller.UserId.Value)
        {
            throw new RefusedException("user.self", "Change your own password with the one that you have.");
        }

        var user = await users.GetForChangeAsync(new(command.UserId), cancellationToken);
        if (user.Status != Status.Active)
        {
            throw new RefusedException("user.inactive", "This account is inactive.");
        }

        return await resets.MakeAsync(user.Id, work.Affiliate, Lifetime, cancellationToken);
    }
}
