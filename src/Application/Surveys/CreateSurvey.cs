using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using FluentValidation;
using MediatR;

namespace Chat.Application.Surveys;

/// <summary>An admin says what texters of a program are asked.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record CreateSurvey(
    Guid ProgramId, string Type, string Title, string? Language, IReadOnlyList<SurveyQuestionForm> Questions, int? ExpiresAfterMinutes, string? Status)
    : ICommand<SurveyView>, IOnce, IAboutResource, ISurveyForm
{
    Guid IAboutResource.ResourceId => ProgramId;
}

internal sealed class CreateSurveyValidator : AbstractValidator<CreateSurvey>
{
    public CreateSurveyValidator() => this.MustDescribeASurvey();
}

internal sealed class CreateSurveyHandler(ISurveyRepository surveys, ISurveyViews views, TimeProvider clock) : IRequestHandler<CreateSurvey, SurveyView>
{
    public async Task<SurveyView> Handle(CreateSurvey command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var survey = new Survey(
            new(Guid.CreateVersion7(now)), new(command.ProgramId), Wire.Value<SurveyType>(command.Type), command.Title.Trim(),
            command.Language.Or(SurveyLanguage.En), SurveyForm.Read(command.Questions), command.ExpiresAfterMinutes, command.Status.Or(Status.Active),
            wordingVersion: 1, version: 1, now, now);
        await surveys.AddAsync(survey, cancellationToken);
        return await views.ShowAsync(survey.Id, cancellationToken);
    }
}
