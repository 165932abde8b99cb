using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Escalations;

/// <summary>Somebody has seen an escalation and is on it: nobody needs to be reminded any more.</summary>
[Requires(Permission.AttendEscalations)]
public sealed record AcknowledgeEscalation(Guid EscalationId) : ICommand<EscalationView>, IOnce;

internal sealed class AcknowledgeEscalationHandler(IEscalationRepository escalations, IEscalationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<AcknowledgeEscalation, EscalationView>
{
    public async Task<EscalationView> Handle(AcknowledgeEscalation command, CancellationToken cancellationToken)
    {
        var escalation = await escalations.GetAsync(new(command.EscalationId), cancellationToken);
        escalation.Acknowledge(caller.UserId, clock.GetUtcNow());
        await escalations.SaveAsync(escalation, cancellationToken);
        return await views.ShowAsync(escalation.Id, cancellationToken);
    }
}
