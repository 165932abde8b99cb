using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.EmergencyContacts;
using FluentValidation;
using MediatR;

namespace Chat.Application.EmergencyContacts;

/// <summary>
/// An admin changes an emergency contact. A secret, on call and status that are left out stay as they are; an empty secret is removed.
/// </summary>
[Requires(Permission.ManagePrograms)]
public sealed record ChangeEmergencyContact(
    Guid EmergencyContactId, long? ExpectedVersion, Guid? AffiliateId, string Kind, string Name, string? Area, string? Phone, string? Email,
    string? WebhookUrl, string? WebhookSecret, bool? OnCall, string? Notes, string? Status)
    : ICommand<EmergencyContactView>, IAboutResource, IInAffiliate, IEmergencyContactForm
{
    Guid IAboutResource.ResourceId => EmergencyContactId;
}

internal sealed class ChangeEmergencyContactValidator : AbstractValidator<ChangeEmergencyContact>
{
    public ChangeEmergencyContactValidator(WebhookAddresses addresses) => this.MustDescribeAnEmergencyContact(addresses);
}

internal sealed class ChangeEmergencyContactHandler(
    IEmergencyContactRepository contacts, IEmergencyContactViews views, IUnitOfWork work, TimeProvider clock)
    : IRequestHandler<ChangeEmergencyContact, EmergencyContactView>
{
    public async Task<EmergencyContactView> Handle(ChangeEmergencyContact command, CancellationToken cancellationToken)
    {
        var contact = await contacts.GetAsync(new(command.EmergencyContactId), cancellationToken);
        Versions.Require(command.ExpectedVersion, contact.Version);
        command.MustStayIn(work.Affiliate);
        var (onCall, email, webhookUrl) = (command.OnCall ?? contact.OnCall, command.Email.Trimmed(), command.WebhookUrl.Trimmed());
        EmergencyContactForm.RequireAWayToNotify(onCall, email, webhookUrl);
        contact.Change(
            Wire.Value<EmergencyKind>(command.Kind), command.Name.Trim(), command.Area.Trimmed(), command.Phone.Trimmed(), email,
            webhookUrl, command.WebhookSecret is null ? contact.WebhookSecret : command.WebhookSecret.Trimmed(), onCall, command.Notes.Trimmed(),
            command.Status.Or(contact.Status), clock.GetUtcNow());
        await contacts.SaveAsync(contact, cancellationToken);
        return await views.ShowAsync(contact.Id, cancellationToken);
    }
}
