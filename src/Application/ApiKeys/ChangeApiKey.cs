using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.ApiKeys;

/// <summary>An admin changes what a key may. The key itself stays what it is.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record ChangeApiKey(
    Guid ApiKeyId, long? ExpectedVersion, string Name, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? Networks, DateTimeOffset? ExpiresAt)
    : ICommand<ApiKeyView>, IAboutResource, IApiKeyForm
{
    Guid IAboutResource.ResourceId => ApiKeyId;
}

internal sealed class ChangeApiKeyValidator : AbstractValidator<ChangeApiKey>
{
    public ChangeApiKeyValidator() => this.MustDescribeAKey();
}

internal sealed class ChangeApiKeyHandler(IApiKeyRepository keys, IApiKeyViews views, TimeProvider clock) : IRequestHandler<ChangeApiKey, ApiKeyView>
{
    public async Task<ApiKeyView> Handle(ChangeApiKey command, CancellationToken cancellationToken)
    {
        var key = await keys.GetAsync(new(command.ApiKeyId), cancellationToken);
        Versions.Require(command.ExpectedVersion, key.Version);
        var now = clock.GetUtcNow();
        command.MustLieAhead(now);
        key.Change(command.Name.Trim(), command.Scopes!.Tidy(), [.. command.Networks ?? []], command.ExpiresAt?.ToUniversalTime(), now);
        await keys.SaveAsync(key, cancellationToken);
        return await views.ShowAsync(key.Id, cancellationToken);
    }
}
