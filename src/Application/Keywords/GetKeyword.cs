using Chat.Application.Common;

namespace Chat.Application.Keywords;

/// <summary>One keyword.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record GetKeyword(Guid KeywordId) : IQuery<KeywordView>, IAboutResource
{
    Guid IAboutResource.ResourceId => KeywordId;
}
