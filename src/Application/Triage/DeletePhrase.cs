using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Triage;

/// <summary>An admin removes a phrase that has never been in force.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record DeletePhrase(Guid PhraseId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => PhraseId;
}

internal sealed class DeletePhraseHandler(IPhraseRepository phrases) : IRequestHandler<DeletePhrase, Done>
{
    public async Task<Done> Handle(DeletePhrase command, CancellationToken cancellationToken)
    {
        var phrase = await phrases.GetAsync(new(command.PhraseId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, phrase.Version);
        phrase.RequireRemovable();
        await phrases.DeleteAsync(phrase, cancellationToken);
        return default;
    }
}
