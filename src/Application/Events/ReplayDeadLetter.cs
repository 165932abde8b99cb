using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Events;

/// <summary>What was in an event's way is gone: those who could not act on it do so now.</summary>
[Requires(Permission.SeeToEvents)]
public sealed record ReplayDeadLetter(Guid DeadLetterId) : ICommand<Done>;

internal sealed class ReplayDeadLetterHandler(IDeadLetters deadLetters) : IRequestHandler<ReplayDeadLetter, Done>
{
    public async Task<Done> Handle(ReplayDeadLetter command, CancellationToken cancellationToken)
    {
        await deadLetters.ReplayAsync(command.DeadLetterId, cancellationToken);
        return default;
    }
}
