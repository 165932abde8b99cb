using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using FluentValidation;

namespace Chat.Application.Surveys;

/// <summary>An affiliate's surveys; for a platform admin who names no affiliate, everybody's.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record ListSurveys(Guid? AffiliateId, Guid? ProgramId, string? Type, string? Status, int? Limit, string? Cursor)
    : IQuery<Page<SurveyView>>, IInAffiliate, IPaged;

internal sealed class ListSurveysValidator : AbstractValidator<ListSurveys>
{
    public ListSurveysValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Type).MustBeOneOf(Wire.All<SurveyType>());
        RuleFor(query => query.Status).MustBeOneOf(Wire.All<Status>());
    }
}
