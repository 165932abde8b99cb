using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Presences;

/// <summary>Somebody who counted as gone has been heard of again.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record ComeBack(AffiliateId Affiliate, UserId UserId) : IUseCase<Done>, IForAffiliate;

internal sealed class ComeBackHandler(IPresences presences, Attendance attendance, TimeProvider clock) : IRequestHandler<ComeBack, Done>
{
    public async Task<Done> Handle(ComeBack request, CancellationToken cancellationToken)
    {
        var presence = await presences.GetForChangeAsync(request.UserId, cancellationToken);
        if (presence.LapsedAt is null)
        {
            return default;
        }

        await attendance.ArriveAsync(presence, null, clock.GetUtcNow(), cancellationToken);
        return default;
    }
}
