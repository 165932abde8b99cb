using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Webhooks;

/// <summary>
/// A receiver gets a new secret. For a day calls carry a signature of each, the new one's and that of before. The answer holds the secret
/// and is not kept for a repeated request.
/// </summary>
[Requires(Permission.ManageWebhooks)]
public sealed record RotateWebhookSecret(Guid WebhookId) : ICommand<NewWebhookSecret>, IAboutResource
{
    Guid IAboutResource.ResourceId => WebhookId;
}

internal sealed class RotateWebhookSecretHandler(IWebhookRepository webhooks, IWebhookViews views, TimeProvider clock)
    : IRequestHandler<RotateWebhookSecret, NewWebhookSecret>
{
    public async Task<NewWebhookSecret> Handle(RotateWebhookSecret command, CancellationToken cancellationToken)
    {
        var webhook = await webhooks.GetAsync(new(command.WebhookId), cancellationToken);
        var secret = WebhookSecret.New();
        webhook.RotateSecret(secret, clock.GetUtcNow());
        await webhooks.SaveAsync(webhook, cancellationToken);
        return new NewWebhookSecret(await views.ShowAsync(webhook.Id, cancellationToken), secret);
    }
}
