using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>A session goes on: the refresh token is exchanged for the next.</summary>
[Requires(Permission.Nothing)]
public sealed record RefreshSession(string? RefreshToken) : IUseCase<RefreshedSession>;

/// <summary>Null where the session is over. It is an answer and no exception, for a token that was used twice ends its session: that must be committed.</summary>
public sealed record RefreshedSession(SessionView? Session);

internal sealed class RefreshSessionHandler(ISessions sessions, SessionOpening opening, IUnitOfWork work, IUserRepository users)
    : IRequestHandler<RefreshSession, RefreshedSession>
{
    public async Task<RefreshedSession> Handle(RefreshSession command, CancellationToken cancellationToken)
    {
        if (command.RefreshToken is not { Length: > 0 and <= 200 } token || await sessions.RotateAsync(token, cancellationToken) is not { } session)
        {
            return new RefreshedSession(null);
        }

        await work.EnterAsync(session.AffiliateId, cancellationToken);
        var user = await users.GetAsync(session.UserId, cancellationToken);
        if (user.Status != Status.Active || !await opening.IsOpenAsync(session.AffiliateId, cancellationToken))
        {
            await sessions.RevokeAsync(session.Id, cancellationToken);
            return new RefreshedSession(null);
        }

        return new RefreshedSession(await opening.ShowAsync(session, user, cancellationToken));
    }
}
