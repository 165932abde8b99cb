using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody signs out: the session and its tokens end.</summary>
[Requires(Permission.OwnSignIn)]
public sealed record LogOut : ICommand<Done>;

internal sealed class LogOutHandler(ISessions sessions, ICaller caller) : IRequestHandler<LogOut, Done>
{
    public async Task<Done> Handle(LogOut command, CancellationToken cancellationToken)
    {
        await sessions.RevokeAsync(caller.SessionId, cancellationToken);
        return default;
    }
}
