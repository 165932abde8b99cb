using Chat.Application.Common;

namespace Chat.Application.ApiKeys;

/// <summary>One partner's key: what it may, and when it was last used.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record GetApiKey(Guid ApiKeyId) : IQuery<ApiKeyView>, IAboutResource
{
    Guid IAboutResource.ResourceId => ApiKeyId;
}
