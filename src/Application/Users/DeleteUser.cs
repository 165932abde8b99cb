using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using MediatR;

namespace Chat.Application.Users;

/// <summary>An admin removes somebody who has answered nobody; who has, is made inactive instead.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record DeleteUser(Guid UserId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => UserId;
}

internal sealed class DeleteUserHandler(IUserRepository users, ISessions sessions, IUnitOfWork work, ICaller caller)
    : IRequestHandler<DeleteUser, Done>
{
    public async Task<Done> Handle(DeleteUser command, CancellationToken cancellationToken)
    {
        var user = await users.GetForChangeAsync(new(command.UserId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, user.Version);
        if (work.Affiliate.IsPlatform)
        {
            await users.RequireAnotherPlatformAdminAsync(user, cancellationToken);
        }

        if (user.Id == caller.UserId)
        {
            throw new RefusedException("user.self", "You cannot remove yourself. Another admin can.");
        }

        await sessions.RevokeAllAsync(user.Id, cancellationToken);
        await users.DeleteAsync(user, cancellationToken);
        return default;
    }
}

internal static class LastAdmin
{
    /// <summary>An installation that nobody can run any more cannot be mended from inside.</summary>
    public static async Task RequireAnotherPlatformAdminAsync(this IUserRepository users, User user, CancellationToken cancellationToken)
    {
        await users.WaitForTurnAsync(cancellationToken);
        if (!await users.AnotherPlatformAdminExistsAsync(user.Id, cancellationToken))
        {
            throw new RefusedException("user.last_admin", "This is the only platform admin who can sign in. Make another one first.");
        }
    }
}
