using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Presences;

/// <summary>Whether the caller counts as there.</summary>
[Requires(Permission.SignedIn)]
public sealed record GetPresence : IQuery<PresenceView>;

/// <param name="Status">available, away or offline.</param>
/// <param name="Declared">Whether the caller has said so; while they have not, taking somebody from the queue says that they are available.</param>
public sealed record PresenceView(string Status, bool Declared);

internal sealed class GetPresenceHandler(IPresences presences, ICaller caller) : IRequestHandler<GetPresence, PresenceView>
{
    public async Task<PresenceView> Handle(GetPresence query, CancellationToken cancellationToken)
    {
        var presence = await presences.GetAsync(caller.UserId, cancellationToken);
        return new PresenceView(presence.Status.Name(), presence.Declared is not null);
    }
}
