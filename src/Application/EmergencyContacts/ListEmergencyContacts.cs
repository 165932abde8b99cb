using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.EmergencyContacts;
using FluentValidation;

namespace Chat.Application.EmergencyContacts;

/// <summary>
/// An affiliate's emergency contacts, the inactive for admins only; for a platform admin who names no affiliate, everybody's.
/// </summary>
[Requires(Permission.ReadEmergencyContacts)]
public sealed record ListEmergencyContacts(Guid? AffiliateId, string? Kind, string? Area, string? Status, int? Limit, string? Cursor)
    : IQuery<Page<EmergencyContactView>>, IInAffiliate, IPaged;

internal sealed class ListEmergencyContactsValidator : AbstractValidator<ListEmergencyContacts>
{
    public ListEmergencyContactsValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Kind).MustBeOneOf(Wire.All<EmergencyKind>());
        RuleFor(query => query.Area).MustBeALine(EmergencyContactForm.LongestArea);
        RuleFor(query => query.Status).MustBeOneOf(Wire.All<Status>());
    }
}
