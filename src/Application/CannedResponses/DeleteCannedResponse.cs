using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.CannedResponses;

/// <summary>An admin removes a canned response. What was sent of it stays what it is.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record DeleteCannedResponse(Guid CannedResponseId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => CannedResponseId;
}

internal sealed class DeleteCannedResponseHandler(ICannedResponseRepository responses) : IRequestHandler<DeleteCannedResponse, Done>
{
    public async Task<Done> Handle(DeleteCannedResponse command, CancellationToken cancellationToken)
    {
        var response = await responses.GetAsync(new(command.CannedResponseId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, response.Version);
        await responses.DeleteAsync(response, cancellationToken);
        return default;
    }
}
