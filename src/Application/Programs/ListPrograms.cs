using Chat.Application.Common;
using Chat.Domain.Common;
using FluentValidation;

namespace Chat.Application.Programs;

/// <summary>An affiliate's programs; for a platform admin who names no affiliate, everybody's.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record ListPrograms(Guid? AffiliateId, string? Status, int? Limit, string? Cursor)
    : IQuery<Page<ProgramView>>, IInAffiliate, IPaged;

internal sealed class ListProgramsValidator : AbstractValidator<ListPrograms>
{
    public ListProgramsValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Status).MustBeOneOf(Wire.All<Status>());
    }
}
