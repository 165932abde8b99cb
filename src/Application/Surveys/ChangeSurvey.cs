using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using FluentValidation;
using MediatR;

namespace Chat.Application.Surveys;

/// <summary>An admin changes a survey. Whoever is in the middle of it is asked on as they were; language and status that are left out stay as they are.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record ChangeSurvey(
    Guid SurveyId, long? ExpectedVersion, Guid ProgramId, string Type, string Title, string? Language, IReadOnlyList<SurveyQuestionForm> Questions,
    int? ExpiresAfterMinutes, string? Status)
    : ICommand<SurveyView>, IAboutResource, ISurveyForm
{
    Guid IAboutResource.ResourceId => SurveyId;
}

internal sealed class ChangeSurveyValidator : AbstractValidator<ChangeSurvey>
{
    public ChangeSurveyValidator() => this.MustDescribeASurvey();
}

internal sealed class ChangeSurveyHandler(ISurveyRepository surveys, ISurveyViews views, TimeProvider clock) : IRequestHandler<ChangeSurvey, SurveyView>
{
    public async Task<SurveyView> Handle(ChangeSurvey command, CancellationToken cancellationToken)
    {
        var survey = await surveys.GetAsync(new(command.SurveyId), cancellationToken);
        Versions.Require(command.ExpectedVersion, survey.Version);
        survey.Change(
            new(command.ProgramId), Wire.Value<SurveyType>(command.Type), command.Title.Trim(), command.Language.Or(survey.Language),
            SurveyForm.Read(command.Questions), command.ExpiresAfterMinutes, command.Status.Or(survey.Status), clock.GetUtcNow());
        await surveys.SaveAsync(survey, cancellationToken);
        return await views.ShowAsync(survey.Id, cancellationToken);
    }
}
