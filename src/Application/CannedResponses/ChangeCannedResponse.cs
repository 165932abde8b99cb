using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.CannedResponses;

/// <summary>An admin changes a canned response.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record ChangeCannedResponse(Guid CannedResponseId, long? ExpectedVersion, Guid ProgramId, string Title, string Body)
    : ICommand<CannedResponseView>, IAboutResource, ICannedResponseForm
{
    Guid IAboutResource.ResourceId => CannedResponseId;
}

internal sealed class ChangeCannedResponseValidator : AbstractValidator<ChangeCannedResponse>
{
    public ChangeCannedResponseValidator() => this.MustDescribeACannedResponse();
}

internal sealed class ChangeCannedResponseHandler(ICannedResponseRepository responses, ICannedResponseViews views, TimeProvider clock)
    : IRequestHandler<ChangeCannedResponse, CannedResponseView>
{
    public async Task<CannedResponseView> Handle(ChangeCannedResponse command, CancellationToken cancellationToken)
    {
        var response = await responses.GetAsync(new(command.CannedResponseId), cancellationToken);
        Versions.Require(command.ExpectedVersion, response.Version);
        response.Change(new(command.ProgramId), command.Title.Trim(), command.Body.Trim(), clock.GetUtcNow());
        await responses.SaveAsync(response, cancellationToken);
        return await views.ShowAsync(response.Id, cancellationToken);
    }
}
