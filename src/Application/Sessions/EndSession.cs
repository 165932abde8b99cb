using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody ends a session of theirs, such as one on a screen they have left.</summary>
[Requires(Permission.OwnSignIn)]
public sealed record EndSession(Guid SessionId) : ICommand<Done>;

internal sealed class EndSessionHandler(ISessions sessions, ICaller caller) : IRequestHandler<EndSession, Done>
{
    public async Task<Done> Handle(EndSession command, CancellationToken cancellationToken) =>
        await sessions.RevokeAsync(command.SessionId, caller.UserId, cancellationToken) ? default : throw new NotFoundException("The session");
}
