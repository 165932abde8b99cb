using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.EmergencyContacts;

/// <summary>An admin removes an emergency contact; escalations call the others.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record DeleteEmergencyContact(Guid EmergencyContactId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => EmergencyContactId;
}

internal sealed class DeleteEmergencyContactHandler(IEmergencyContactRepository contacts) : IRequestHandler<DeleteEmergencyContact, Done>
{
    public async Task<Done> Handle(DeleteEmergencyContact command, CancellationToken cancellationToken)
    {
        var contact = await contacts.GetAsync(new(command.EmergencyContactId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, contact.Version);
        await contacts.DeleteAsync(contact, cancellationToken);
        return default;
    }
}
