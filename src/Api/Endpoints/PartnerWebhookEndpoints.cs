using Chat.Application.Common;
using Chat.Application.Webhooks;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class PartnerWebhookEndpoints
{
    private const string Path = "admin/webhooks";

    public static void MapPartnerWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/" + Path).WithTags("Webhooks");

        webhooks.MapGet("/", List).WithName("ListWebhooks").WithSummary("List webhooks")
            .WithDescription("Where your affiliate's events are sent, the oldest first; never a secret, nor what headers hold.");
        webhooks.MapPost("/", Create).WithName("CreateWebhook").WithSummary("Have events sent somewhere")
            .WithDescription(
                "Events of these types are sent to `url` as they happen, signed after Standard Webhooks, with ids only. The answer shows the "
                + "secret this once, and is not kept for an Idempotency-Key. 409 `webhook.too_many` beyond 20.");
        webhooks.MapGet("/{id:guid}", Get).WithName("GetWebhook").WithSummary("Read a webhook")
            .WithDescription("The ETag of the answer is what a change sends as If-Match.");
        webhooks.MapPut("/{id:guid}", Change).WithName("ChangeWebhook").WithSummary("Change a webhook")
            .WithDescription(
                "Needs If-Match with the ETag of GET. `headers` and `status` that are left out stay as they are; headers are dropped when `url` "
                + "names another host and they are not said again. `status` `active` has one called again that was switched off: "
                + "what was waiting goes out, what has happened since does not.");
        webhooks.MapDelete("/{id:guid}", Delete).WithName("DeleteWebhook").WithSummary("Remove a webhook")
            .WithDescription("With its log, and with what was still to be sent.");
        webhooks.MapPost("/{id:guid}/rotate-secret", RotateSecret).WithName("RotateWebhookSecret").WithSummary("Replace a webhook's secret")
            .WithDescription(
                "The answer shows the new secret this once. For 24 hours calls carry two signatures, by the new secret and by the one of "
                + "before; one before that ends at once.");
        webhooks.MapPost("/{id:guid}/test", Test).WithName("TestWebhook").WithSummary("Try a webhook")
            .WithDescription("Sends an event of the type `webhook.test`; the deliveries say what became of it. 409 `webhook.inactive` while it is inactive.");
        webhooks.MapGet("/{id:guid}/deliveries", ListDeliveries).WithName("ListWebhookDeliveries").WithSummary("Read what a webhook was sent")
            .WithDescription("Of the last 30 days, the newest first; with `status`, only those.");
        webhooks.MapPost("/{id:guid}/deliveries/{deliveryId:guid}/replay", Replay).WithName("ReplayWebhookDelivery").WithSummary("Send an event again")
            .WithDescription(
                "Under the same `webhook-id`, whatever became of it before, and with a schedule from the beginning. 409 `webhook.inactive` while "
                + "the webhook is inactive.");
    }

    private static async Task<Ok<Page<WebhookView>>> List(
        Guid? affiliateId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListWebhooks(affiliateId, limit, cursor), cancellationToken));

    private static async Task<Created<NewWebhookSecret>> Create(
        WebhookBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var made = await mediator.Send(new CreateWebhook(body.AffiliateId, body.Url, body.EventTypes, body.Headers, body.Status), cancellationToken);
        return response.TaggedAsNew(Path, made.Webhook.Id, made, made.Webhook.Version);
    }

    private static async Task<Ok<WebhookView>> Get(Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var webhook = await mediator.Send(new GetWebhook(id), cancellationToken);
        return response.Tagged(webhook, webhook.Version);
    }

    private static async Task<Ok<WebhookView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, WebhookBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var webhook = await mediator.Send(
            new ChangeWebhook(id, EntityTags.Expected(ifMatch), body.AffiliateId, body.Url, body.EventTypes, body.Headers, body.Status),
            cancellationToken);
        return response.Tagged(webhook, webhook.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteWebhook(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<NewWebhookSecret>> RotateSecret(
        Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var made = await mediator.Send(new RotateWebhookSecret(id), cancellationToken);
        return response.Tagged(made, made.Webhook.Version);
    }

    private static async Task<Accepted<QueuedWebhookDelivery>> Test(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Accepted((string?)null, await mediator.Send(new TestWebhook(id), cancellationToken));

    private static async Task<Ok<Page<WebhookDeliveryView>>> ListDeliveries(
        Guid id, string? status, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListWebhookDeliveries(id, status, limit, cursor), cancellationToken));

    private static async Task<Accepted<QueuedWebhookDelivery>> Replay(
        Guid id, Guid deliveryId, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Accepted((string?)null, await mediator.Send(new ReplayWebhookDelivery(id, deliveryId), cancellationToken));
}

/// <param name="AffiliateId">Whose events are meant: a platform admin says it, others mean their own. It never changes.</param>
/// <param name="Url">An https address of at most 500 characters, not inside a private network.</param>
/// <param name="EventTypes">Such as conversation.created; or `*` for all, also of later releases.</param>
/// <param name="Headers">
/// Sent with every call, so that the receiver knows it: Authorization, X-Api-Key, X-Auth-Token, X-Webhook-Token, X-Tenant-Id. Their values go
/// in and never come out.
/// </param>
/// <param name="Status">active (the default) or inactive.</param>
internal sealed record WebhookBody(
    Guid? AffiliateId, string Url, IReadOnlyList<string>? EventTypes, IReadOnlyDictionary<string, string>? Headers, string? Status);
