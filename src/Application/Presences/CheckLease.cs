using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Presences;

/// <summary>Looks whether somebody is still there. Whose connection has been gone for longer than the lease lets go of what they had taken.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record CheckLease(AffiliateId Affiliate, UserId UserId) : IUseCase<Done>, IForAffiliate;

internal sealed class CheckLeaseHandler(IPresences presences, IDueJobs jobs, Attendance attendance, TimeProvider clock) : IRequestHandler<CheckLease, Done>
{
    public async Task<Done> Handle(CheckLease request, CancellationToken cancellationToken)
    {
        var presence = await presences.GetForChangeAsync(request.UserId, cancellationToken);
        if (!await jobs.BeginAsync(JobKind.Presence, request.UserId.Value, cancellationToken) || presence.LapsedAt is not null || presence.LastSeenAt is not { } seen)
        {
            return default;
        }

        var now = clock.GetUtcNow();
        if (seen + presences.Lease > now)
        {
            await jobs.ScheduleAsync(JobKind.Presence, request.UserId.Value, seen + presences.Lease, cancellationToken);
            return default;
        }

        await presences.LapseAsync(request.UserId, now, cancellationToken);
        await attendance.LeaveAsync(request.UserId, now, cancellationToken);
        return default;
    }
}
