using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.ApiKeys;

/// <summary>An admin ends a key: within five seconds nobody is let in with it any more.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record RevokeApiKey(Guid ApiKeyId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => ApiKeyId;
}

internal sealed class RevokeApiKeyHandler(IApiKeyRepository keys) : IRequestHandler<RevokeApiKey, Done>
{
    public async Task<Done> Handle(RevokeApiKey command, CancellationToken cancellationToken)
    {
        var key = await keys.GetAsync(new(command.ApiKeyId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, key.Version);
        await keys.DeleteAsync(key, cancellationToken);
        return default;
    }
}
