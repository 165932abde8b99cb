using Chat.Application.Common;

namespace Chat.Application.Triage;

/// <summary>One phrase.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record GetPhrase(Guid PhraseId) : IQuery<PhraseView>, IAboutResource
{
    Guid IAboutResource.ResourceId => PhraseId;
}
