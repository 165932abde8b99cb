using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Users;

/// <summary>An admin takes the second factor off somebody who has lost it; their sessions end.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record ResetSecondFactor(Guid UserId) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => UserId;
}

internal sealed class ResetSecondFactorHandler(IUserRepository users, ISecondFactors secondFactors, ISessions sessions, ICaller caller)
    : IRequestHandler<ResetSecondFactor, Done>
{
    public async Task<Done> Handle(ResetSecondFactor command, CancellationToken cancellationToken)
    {
        if (command.UserId == caller.UserId.Value)
        {
            throw new RefusedException("user.self", "Turn your own second factor off with your password and a code. Another admin can reset it.");
        }

        var user = await users.GetForChangeAsync(new(command.UserId), cancellationToken);
        await secondFactors.RemoveAsync(user.Id, cancellationToken);
        await sessions.RevokeAllAsync(user.Id, cancellationToken);
        return default;
    }
}
