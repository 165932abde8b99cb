using Chat.Application.Common;

namespace Chat.Application.Webhooks;

/// <summary>One webhook: where it calls, what it is told of, and how it fares.</summary>
[Requires(Permission.ManageWebhooks)]
public sealed record GetWebhook(Guid WebhookId) : IQuery<WebhookView>, IAboutResource
{
    Guid IAboutResource.ResourceId => WebhookId;
}
