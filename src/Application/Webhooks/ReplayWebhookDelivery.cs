using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Webhooks;

/// <summary>Somebody has an event sent to a webhook once more, under the same id, whatever became of it before.</summary>
[Requires(Permission.ManageWebhooks)]
public sealed record ReplayWebhookDelivery(Guid WebhookId, Guid DeliveryId) : ICommand<QueuedWebhookDelivery>, IOnce, IAboutResource
{
    Guid IAboutResource.ResourceId => WebhookId;
}

internal sealed class ReplayWebhookDeliveryHandler(IWebhookRepository webhooks, IWebhookDeliveries deliveries, TimeProvider clock)
    : IRequestHandler<ReplayWebhookDelivery, QueuedWebhookDelivery>
{
    public async Task<QueuedWebhookDelivery> Handle(ReplayWebhookDelivery command, CancellationToken cancellationToken)
    {
        var webhook = await webhooks.GetAsync(new(command.WebhookId), cancellationToken);
        webhook.MustBeCalled();
        await deliveries.RepeatAsync(webhook.Id, command.DeliveryId, clock.GetUtcNow(), cancellationToken);
        return new QueuedWebhookDelivery(command.DeliveryId);
    }
}
