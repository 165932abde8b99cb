using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Escalations;

/// <summary>Nobody has acted on an escalation in the time set for it: supervisors are told again, until somebody does.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record RemindOfEscalation(AffiliateId Affiliate, EscalationId EscalationId) : IUseCase<Done>, IForAffiliate;

internal sealed class RemindOfEscalationHandler(IEscalationRepository escalations, IDueJobs jobs, INotifier notifier, TimeProvider clock)
    : IRequestHandler<RemindOfEscalation, Done>
{
    public async Task<Done> Handle(RemindOfEscalation request, CancellationToken cancellationToken)
    {
        var escalation = await escalations.GetForSystemAsync(request.EscalationId, cancellationToken);
        if (!await jobs.BeginAsync(JobKind.Escalation, escalation.Id.Value, cancellationToken) || !escalation.IsOpen || escalation.IsAttended)
        {
            return default;
        }

        escalation.Remind(clock.GetUtcNow());
        await escalations.SaveAsync(escalation, cancellationToken);
        await notifier.TellSupervisorsAsync(NotificationKind.EscalationUnattended, escalation.ConversationId, escalation.Id.Value, cancellationToken);
        return default;
    }
}
