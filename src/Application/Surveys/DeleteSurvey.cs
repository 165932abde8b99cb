using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Surveys;

/// <summary>An admin removes a survey that nobody has been asked.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record DeleteSurvey(Guid SurveyId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => SurveyId;
}

internal sealed class DeleteSurveyHandler(ISurveyRepository surveys) : IRequestHandler<DeleteSurvey, Done>
{
    public async Task<Done> Handle(DeleteSurvey command, CancellationToken cancellationToken)
    {
        var survey = await surveys.GetAsync(new(command.SurveyId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, survey.Version);
        await surveys.DeleteAsync(survey, cancellationToken);
        return default;
    }
}
