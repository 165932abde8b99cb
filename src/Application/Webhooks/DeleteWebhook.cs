using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Webhooks;

/// <summary>Nothing is sent there any more, and what was sent is forgotten.</summary>
[Requires(Permission.ManageWebhooks)]
public sealed record DeleteWebhook(Guid WebhookId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => WebhookId;
}

internal sealed class DeleteWebhookHandler(IWebhookRepository webhooks) : IRequestHandler<DeleteWebhook, Done>
{
    public async Task<Done> Handle(DeleteWebhook command, CancellationToken cancellationToken)
    {
        var webhook = await webhooks.GetAsync(new(command.WebhookId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, webhook.Version);
        await webhooks.DeleteAsync(webhook, cancellationToken);
        return default;
    }
}
