using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Who is signed in, and what they may reach.</summary>
[Requires(Permission.OwnSignIn)]
public sealed record GetMe : IQuery<MeView>;

internal sealed class GetMeHandler(IUserRepository users, SessionOpening opening, ICaller caller) : IRequestHandler<GetMe, MeView>
{
    public async Task<MeView> Handle(GetMe query, CancellationToken cancellationToken) =>
        await opening.ShowAsync(await users.GetAsync(caller.UserId, cancellationToken), caller.AffiliateId, cancellationToken);
}
