using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.ApiKeys;
using FluentValidation;
using MediatR;

namespace Chat.Application.ApiKeys;

/// <summary>An admin makes a key for a partner's program. Its answer holds the key and is not kept for a repeated request.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record CreateApiKey(
    Guid? AffiliateId, string Name, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? Networks, DateTimeOffset? ExpiresAt)
    : ICommand<NewApiKey>, IInAffiliate, IApiKeyForm;

internal sealed class CreateApiKeyValidator : AbstractValidator<CreateApiKey>
{
    public CreateApiKeyValidator() => this.MustDescribeAKey();
}

internal sealed class CreateApiKeyHandler(
    IApiKeyRepository keys, IAffiliateRepository affiliates, IApiKeyViews views, IUnitOfWork work, ICaller caller, TimeProvider clock)
    : IRequestHandler<CreateApiKey, NewApiKey>
{
    public async Task<NewApiKey> Handle(CreateApiKey command, CancellationToken cancellationToken)
    {
        if (command.AffiliateId is null && work.Affiliate.IsPlatform)
        {
            throw Rules.Invalid(nameof(command.AffiliateId), "Say which affiliate the key is for.");
        }

        await affiliates.GetAsync(work.Affiliate, cancellationToken);
        var now = clock.GetUtcNow();
        command.MustLieAhead(now);
        var secret = ApiKeySecret.New();
        var key = new ApiKey(
            new(Guid.CreateVersion7(now)), command.Name.Trim(), command.Scopes!.Tidy(), [.. command.Networks ?? []], secret[^4..],
            command.ExpiresAt?.ToUniversalTime(), version: 1, caller.UserId, now, now);
        await keys.AddAsync(key, ApiKeySecret.Hash(secret), cancellationToken);
        return new NewApiKey(await views.ShowAsync(key.Id, cancellationToken), secret);
    }
}
