using System.Text.Json;
using Chat.Application.Notifications;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.EmergencyContacts;
using Chat.Domain.Escalations;

namespace Chat.Infrastructure.Persistence;

/// <summary>
/// The emergency services that are built in: the affiliate's own people on call, told by e-mail and webhook. No call is pretended: who is
/// not told here is telephoned by a person, who puts it on record.
/// </summary>
internal sealed class OnCallContacts(DbSession db, IEmergencyContacts contacts, IMailSender mail, ISendings sendings, Links links, TimeProvider clock) : IEmergencyServices
{
    /// <summary>What a webhook is called with, as its type.</summary>
    public const string Opened = "escalation.opened";

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
                var now = clock.GetUtcNow();
                var sending = new Sending(
                    Guid.CreateVersion7(now), via, NotificationKind.EscalationOpened, null, contact.Id, escalation.ConversationId, escalation.Id.Value,
                    via == SendingWay.Webhook ? await BodyAsync(escalation, now, cancellationToken) : null, 0, now);
                await sendings.AddAsync(sending, cancellationToken);
            }

            if (ways.Count > 0)
            {
                told.Add(contact.Name);
            }
        }

        return told;
    }

    // Ids and words of ours: where the texter is stands in the record, which the receiver's people open under the address.
    private async Task<string> BodyAsync(Escalation escalation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "select program_id from conversations where id = @ConversationId";

        var program = await db.FindAsync<Guid>(sql, new { escalation.ConversationId }, cancellationToken);
        var data = new
        {
            EscalationId = escalation.Id.Value, ConversationId = escalation.ConversationId.Value, Type = escalation.Kind.Name(), Urgency = escalation.Urgency.Name(),
            escalation.ReferenceNumber, ProgramId = program, Url = links.ToEscalation(escalation.Id.Value),
        };
        return JsonSerializer.Serialize(new { Type = Opened, Timestamp = now, Data = data }, JsonSerializerOptions.Web);
    }

    private IEnumerable<SendingWay> Ways(EmergencyContact contact)
    {
        if (contact.Email is not null && mail.IsConfigured)
        {
            yield return SendingWay.Email;
        }

        if (contact.WebhookUrl is not null)
        {
            yield return SendingWay.Webhook;
        }
    }
}
