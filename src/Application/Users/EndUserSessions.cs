using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Users;

/// <summary>An admin signs somebody out everywhere.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record EndUserSessions(Guid UserId) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => UserId;
}

internal sealed class EndUserSessionsHandler(IUserRepository users, ISessions sessions) : IRequestHandler<EndUserSessions, Done>
{
    public async Task<Done> Handle(EndUserSessions command, CancellationToken cancellationToken)
    {
        var user = await users.GetForChangeAsync(new(command.UserId), cancellationToken);
        await sessions.RevokeAllAsync(user.Id, cancellationToken);
        return default;
    }
}
