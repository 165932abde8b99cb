using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Keywords;

/// <summary>An affiliate's keywords; for a platform admin who names no affiliate, everybody's.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record ListKeywords(Guid? AffiliateId, Guid? ProgramId, int? Limit, string? Cursor)
    : IQuery<Page<KeywordView>>, IInAffiliate, IPaged;

internal sealed class ListKeywordsValidator : AbstractValidator<ListKeywords>
{
    public ListKeywordsValidator() => this.MustBePaged();
}
