using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Webhooks;

/// <summary>Somebody wants to see whether calls arrive: an event that tells of nothing but itself.</summary>
[Requires(Permission.ManageWebhooks)]
public sealed record TestWebhook(Guid WebhookId) : ICommand<QueuedWebhookDelivery>, IOnce, IAboutResource
{
    Guid IAboutResource.ResourceId => WebhookId;
}

/// <summary>A call that will go out in a moment.</summary>
/// <param name="DeliveryId">Under which the webhook's deliveries say what became of it.</param>
public sealed record QueuedWebhookDelivery(Guid DeliveryId);

internal sealed class TestWebhookHandler(IWebhookRepository webhooks, IWebhookDeliveries deliveries, TimeProvider clock)
    : IRequestHandler<TestWebhook, QueuedWebhookDelivery>
{
    public async Task<QueuedWebhookDelivery> Handle(TestWebhook command, CancellationToken cancellationToken)
    {
        var webhook = await webhooks.GetAsync(new(command.WebhookId), cancellationToken);
        webhook.MustBeCalled();
        return new QueuedWebhookDelivery(await deliveries.AddTestAsync(webhook.Id, clock.GetUtcNow(), cancellationToken));
    }
}

internal static class ActiveWebhooks
{
    public static void MustBeCalled(this Domain.Webhooks.Webhook webhook)
    {
        if (webhook.Status != Status.Active)
        {
            throw new RefusedException("webhook.inactive", "The webhook is inactive and is not called. Make it active first.");
        }
    }
}
