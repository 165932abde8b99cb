using Chat.Api.Errors;
using Chat.Api.Hosting;
using Chat.Application.Ports;
using Chat.Application.Quarantine;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using Chat.Infrastructure.Channels;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Webhooks;

/// <summary>One door for all providers. The bytes are read once, up to the provider's limit, and handed on as they came.</summary>
internal static class WebhookEndpoints
{
    // Twilio's own word for "nothing to answer".
    private const string EmptyResponse = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/webhooks").WithTags("Webhooks").AllowAnonymous();

        webhooks.MapPost("/{provider}", (string provider, HttpContext context, WebhookIntake intake, RateLimits limits) =>
                ReceiveAsync(provider, "message", context, intake, limits))
            .WithName("ReceiveWebhook").WithSummary("For providers: a message has arrived")
            .WithDescription("Signed as the provider signs. An answer of 2xx means that the message is stored. A signature that fails is refused, and kept for an admin.");
        webhooks.MapPost("/{provider}/status", (string provider, HttpContext context, WebhookIntake intake, RateLimits limits) =>
                ReceiveAsync(provider, "status", context, intake, limits))
            .WithName("ReceiveWebhookStatus").WithSummary("For providers: a message's delivery has changed")
            .WithDescription("Signed as the provider signs. Statuses may come late, twice and out of order.");
        routes.MapPost("/admin/quarantine/{id:guid}/replay", ReplayAsync).WithTags("Quarantine").WithName("ReplayQuarantined")
            .WithSummary("Let a kept call in").WithDescription("An admin vouches for a call that was refused: it goes in as if it had just come. Doing it twice does no harm.");
    }

    private static async Task ReceiveAsync(string providerName, string kind, HttpContext context, WebhookIntake intake, RateLimits limits)
    {
        if (!Wire.TryValue<Provider>(providerName, out var provider) || intake.AdapterOf(provider) is not { } adapter)
        {
            await Problem.WriteAsync(context, Problem.Of(404, "provider.unknown", "There is no such provider."));
            return;
        }

        if (await ReadAsync(context.Request, adapter.LongestBody) is not { } body)
        {
            await Problem.WriteAsync(context, Problem.Of(413));
            return;
        }

        // As it was asked for: decoded and encoded again it may differ from what was signed.
        var url = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.Where(header => header.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase) || header.Key is "Content-Type")
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

        // A message that has arrived is stored, also when the provider hangs up.
        var result = await intake.TakeAsync(
            new WebhookCall(provider, kind, url, headers, body), () => limits.TakesFailedCall(context), CancellationToken.None);
        switch (result)
        {
            case IntakeResult.Taken:
                context.Response.ContentType = "text/xml; charset=utf-8";
                await context.Response.WriteAsync(EmptyResponse);
                break;
            case IntakeResult.NobodyHere:
                await Problem.WriteAsync(context, Problem.Of(404, "channel.not_found", "No channel here has this address."));
                break;
            case IntakeResult.RefusedAndDropped:
                await RateLimits.RefuseAsync(context, TimeSpan.FromSeconds(1));
                break;
            default:
                await Problem.WriteAsync(context, Problem.Of(403, "webhook.signature_invalid", "The signature does not match."));
                break;
        }
    }

    private static async Task<NoContent> ReplayAsync(Guid id, Guid? affiliateId, WebhookIntake intake, IMediator mediator, CancellationToken cancellationToken)
    {
        var vouched = await mediator.Send(new TakeFromQuarantine(id, affiliateId), cancellationToken);
        await intake.ReplayAsync(vouched.Call, vouched.Account, CancellationToken.None);

        // Only now: a call that could not go in is not to look as if it had.
        await mediator.Send(new MarkReplayed(id, affiliateId), CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, int longest)
    {
        if (request.ContentLength > longest)
        {
            return null;
        }

        using var body = new MemoryStream((int)(request.ContentLength ?? 1024));
        var buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer)) > 0)
        {
            if (body.Length + read > longest)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
