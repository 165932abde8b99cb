using Chat.Application.Common;

namespace Chat.Application.Surveys;

/// <summary>One survey.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record GetSurvey(Guid SurveyId) : IQuery<SurveyView>, IAboutResource
{
    Guid IAboutResource.ResourceId => SurveyId;
}
