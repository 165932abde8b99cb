using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Triage;
using FluentValidation;

namespace Chat.Application.Triage;

/// <summary>An affiliate's own phrases; for a platform admin who names no affiliate, everybody's.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record ListPhrases(Guid? AffiliateId, Guid? ProgramId, string? Language, string? Status, int? Limit, string? Cursor)
    : IQuery<Page<PhraseView>>, IInAffiliate, IPaged;

internal sealed class ListPhrasesValidator : AbstractValidator<ListPhrases>
{
    public ListPhrasesValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Language).MustBeOneOf(PhraseForm.Languages);
        RuleFor(query => query.Status).MustBeOneOf(Wire.All<PhraseStatus>());
    }
}
