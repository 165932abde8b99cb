using Chat.Application.Common;
using Chat.Domain.Common;
using FluentValidation;

namespace Chat.Application.Affiliates;

/// <summary>The installation's affiliates.</summary>
[Requires(Permission.ManageAffiliates)]
public sealed record ListAffiliates(string? Status, int? Limit, string? Cursor) : IQuery<Page<AffiliateView>>, IPaged;

internal sealed class ListAffiliatesValidator : AbstractValidator<ListAffiliates>
{
    public ListAffiliatesValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Status).MustBeOneOf(Wire.All<Status>());
    }
}
