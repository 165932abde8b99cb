using Chat.Application.Common;

namespace Chat.Application.CannedResponses;

/// <summary>One canned response; for a responder, of their programs.</summary>
[Requires(Permission.ReadCannedResponses)]
public sealed record GetCannedResponse(Guid CannedResponseId) : IQuery<CannedResponseView>, IAboutResource
{
    Guid IAboutResource.ResourceId => CannedResponseId;
}
