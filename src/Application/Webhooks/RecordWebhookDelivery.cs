using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Webhooks;
using MediatR;

namespace Chat.Application.Webhooks;

/// <summary>Records what a webhook made of an event, and when to try again. Answers why it is to be called no more, if it is not.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record RecordWebhookDelivery(AffiliateId Affiliate, Guid DeliveryId, WebhookAnswer Answer, TimeSpan Took)
    : IUseCase<WebhookToDisable?>, IForAffiliate;

public sealed record WebhookToDisable(WebhookId Id, WebhookFault Fault);

internal sealed class RecordWebhookDeliveryHandler(IWebhookDeliveries deliveries, IWebhookRepository webhooks, TimeProvider clock)
    : IRequestHandler<RecordWebhookDelivery, WebhookToDisable?>
{
    private const int Gone = 410;

    public async Task<WebhookToDisable?> Handle(RecordWebhookDelivery request, CancellationToken cancellationToken)
    {
        // Whoever else took it up after its claim had run out has said what became of it.
        if (await deliveries.FindWaitingAsync(request.DeliveryId, cancellationToken) is not { } delivery)
        {
            return null;
        }

        var (answer, now) = (request.Answer, clock.GetUtcNow());
        if (answer.Taken)
        {
            await deliveries.NoteAsync(delivery.Id, WebhookDeliveryStatus.Delivered, answer, request.Took, null, now, cancellationToken);
            await webhooks.NoteFailingAsync(delivery.WebhookId, null, cancellationToken);
            return null;
        }

        var wait = answer.NeverLeft || answer.Status == Gone ? null : WebhookSchedule.After(delivery.Tries + 1, Random.Shared.NextDouble());
        var again = wait is { } least ? now + (answer.RetryAfter > least ? answer.RetryAfter.Value : least) : (DateTimeOffset?)null;
        var status = again is null ? WebhookDeliveryStatus.Failed : WebhookDeliveryStatus.Waiting;
        await deliveries.NoteAsync(delivery.Id, status, answer, request.Took, again, now, cancellationToken);
        await webhooks.NoteFailingAsync(delivery.WebhookId, now, cancellationToken);
        if (answer.Status == Gone)
        {
            return new WebhookToDisable(delivery.WebhookId, WebhookFault.Gone);
        }

        return await webhooks.FindAsync(delivery.WebhookId, cancellationToken) is { FailingSince: { } since } && now - since >= Webhook.LongestFailing
            ? new WebhookToDisable(delivery.WebhookId, WebhookFault.Failing)
            : null;
    }
}
