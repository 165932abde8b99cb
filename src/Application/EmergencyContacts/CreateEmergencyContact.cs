using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.EmergencyContacts;
using FluentValidation;
using MediatR;

namespace Chat.Application.EmergencyContacts;

/// <summary>An admin says whom to call in an emergency.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record CreateEmergencyContact(
    Guid? AffiliateId, string Kind, string Name, string? Area, string? Phone, string? Email, string? WebhookUrl, string? WebhookSecret,
    bool? OnCall, string? Notes, string? Status)
    : ICommand<EmergencyContactView>, IOnce, IInAffiliate, IEmergencyContactForm;

internal sealed class CreateEmergencyContactValidator : AbstractValidator<CreateEmergencyContact>
{
    public CreateEmergencyContactValidator(WebhookAddresses addresses) => this.MustDescribeAnEmergencyContact(addresses);
}

internal sealed class CreateEmergencyContactHandler(
    IEmergencyContactRepository contacts, IAffiliateRepository affiliates, IEmergencyContactViews views, IUnitOfWork work,
    TimeProvider clock)
    : IRequestHandler<CreateEmergencyContact, EmergencyContactView>
{
    public async Task<EmergencyContactView> Handle(CreateEmergencyContact command, CancellationToken cancellationToken)
    {
        if (command.AffiliateId is null && work.Affiliate.IsPlatform)
        {
            throw Rules.Invalid(nameof(command.AffiliateId), "Say which affiliate the contact is for.");
        }

        await affiliates.GetAsync(work.Affiliate, cancellationToken);
        var (onCall, email, webhookUrl) = (command.OnCall ?? false, command.Email.Trimmed(), command.WebhookUrl.Trimmed());
        EmergencyContactForm.RequireAWayToNotify(onCall, email, webhookUrl);
        var now = clock.GetUtcNow();
        var contact = new EmergencyContact(
            new(Guid.CreateVersion7(now)), Wire.Value<EmergencyKind>(command.Kind), command.Name.Trim(), command.Area.Trimmed(),
            command.Phone.Trimmed(), email, webhookUrl, command.WebhookSecret.Trimmed(), onCall, command.Notes.Trimmed(),
            command.Status.Or(Status.Active), version: 1, now, now);
        await contacts.AddAsync(contact, cancellationToken);
        return await views.ShowAsync(contact.Id, cancellationToken);
    }
}
