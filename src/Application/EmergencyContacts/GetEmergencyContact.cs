using Chat.Application.Common;

namespace Chat.Application.EmergencyContacts;

/// <summary>One emergency contact; an inactive one for admins only.</summary>
[Requires(Permission.ReadEmergencyContacts)]
public sealed record GetEmergencyContact(Guid EmergencyContactId) : IQuery<EmergencyContactView>, IAboutResource
{
    Guid IAboutResource.ResourceId => EmergencyContactId;
}
