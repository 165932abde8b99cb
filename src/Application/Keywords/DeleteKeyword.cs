using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Keywords;

/// <summary>An admin removes a keyword; texters who send it are answered by a person.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record DeleteKeyword(Guid KeywordId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => KeywordId;
}

internal sealed class DeleteKeywordHandler(IKeywordRepository keywords) : IRequestHandler<DeleteKeyword, Done>
{
    public async Task<Done> Handle(DeleteKeyword command, CancellationToken cancellationToken)
    {
        var keyword = await keywords.GetAsync(new(command.KeywordId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, keyword.Version);
        await keywords.DeleteAsync(keyword, cancellationToken);
        return default;
    }
}
