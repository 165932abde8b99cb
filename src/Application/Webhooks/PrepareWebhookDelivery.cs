using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Webhooks;

/// <summary>Looks up what is needed to tell a webhook of an event; null when there is nothing to be done.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record PrepareWebhookDelivery(AffiliateId Affiliate, Guid DeliveryId) : IUseCase<PreparedWebhookCall?>, IForAffiliate;

public sealed record PreparedWebhookCall(WebhookTarget Target, Guid EventId, string Type, string Json);

internal sealed class PrepareWebhookDeliveryHandler(IWebhookDeliveries deliveries, IWebhookRepository webhooks, TimeProvider clock)
    : IRequestHandler<PrepareWebhookDelivery, PreparedWebhookCall?>
{
    public async Task<PreparedWebhookCall?> Handle(PrepareWebhookDelivery request, CancellationToken cancellationToken)
    {
        if (await deliveries.FindWaitingAsync(request.DeliveryId, cancellationToken) is not { } delivery)
        {
            return null;
        }

        if (await webhooks.FindAsync(delivery.WebhookId, cancellationToken) is not { } webhook)
        {
            // It was put down in the moment in which the webhook was removed.
            await deliveries.DropAsync(delivery.Id, cancellationToken);
            return null;
        }

        // What waits for a webhook that was made inactive meanwhile goes out when it is active again.
        return webhook.Status == Status.Active
            ? new PreparedWebhookCall(
                new WebhookTarget(
                    new Uri(webhook.Url), webhook.Secret, webhook.PreviousUntil > clock.GetUtcNow() ? webhook.PreviousSecret : null, webhook.Headers),
                delivery.EventId, delivery.Type, delivery.Json)
            : null;
    }
}
