using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.CannedResponses;
using FluentValidation;
using MediatR;

namespace Chat.Application.CannedResponses;

/// <summary>An admin puts words down for a program's responders.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record CreateCannedResponse(Guid ProgramId, string Title, string Body)
    : ICommand<CannedResponseView>, IOnce, IAboutResource, ICannedResponseForm
{
    Guid IAboutResource.ResourceId => ProgramId;
}

internal sealed class CreateCannedResponseValidator : AbstractValidator<CreateCannedResponse>
{
    public CreateCannedResponseValidator() => this.MustDescribeACannedResponse();
}

internal sealed class CreateCannedResponseHandler(ICannedResponseRepository responses, ICannedResponseViews views, TimeProvider clock)
    : IRequestHandler<CreateCannedResponse, CannedResponseView>
{
    public async Task<CannedResponseView> Handle(CreateCannedResponse command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var response = new CannedResponse(
            new(Guid.CreateVersion7(now)), new(command.ProgramId), command.Title.Trim(), command.Body.Trim(), version: 1, now, now);
        await responses.AddAsync(response, cancellationToken);
        return await views.ShowAsync(response.Id, cancellationToken);
    }
}
