using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.EmergencyContacts;
using Chat.Domain.Escalations;

namespace Chat.Infrastructure.Persistence;

/// <summary>
/// The emergency services that are built in: the affiliate's own people on call, told by e-mail and webhook. No call is pretended: who is
/// not told here is telephoned by a person, who puts it on record.
/// </summary>
internal sealed class OnCallContacts(DbSession db, IEmergencyContacts contacts, IMailSender mail, IDueJobs jobs, TimeProvider clock) : IEmergencyServices
{
    public async Task<IReadOnlyList<string>> ContactAsync(Escalation escalation, CancellationToken cancellationToken)
    {
        var kind = escalation.Kind == EscalationKind.Medical ? EmergencyKind.Medical : EmergencyKind.Police;
        var onCall = (await contacts.ForAsync(kind, escalation.Location, cancellationToken)).Where(contact => contact.OnCall).ToList();
        var near = onCall.Where(contact => contact.FitFor(escalation.Location) != AreaFit.Elsewhere).ToList();
        var told = new List<string>();
        foreach (var contact in near.Count > 0 ? near : onCall)
        {
            var ways = Ways(contact).ToList();
            foreach (var via in ways)
            {
                var sending = new Sending(
                    Guid.CreateVersion7(clock.GetUtcNow()), via, NotificationKind.EscalationOpened.Name(), null, contact.Id.Value, escalation.ConversationId.Value,
                    escalation.Id.Value, clock.GetUtcNow());
                await Sendings.AddAsync(db, jobs, sending, cancellationToken);
            }

            if (ways.Count > 0)
            {
                told.Add(contact.Name);
            }
        }

        return told;
    }

    private IEnumerable<string> Ways(EmergencyContact contact)
    {
        if (contact.Email is not null && mail.IsConfigured)
        {
            yield return "email";
        }

        if (contact.WebhookUrl is not null)
        {
            yield return "webhook";
        }
    }
}
