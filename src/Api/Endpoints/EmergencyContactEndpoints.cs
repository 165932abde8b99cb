using Chat.Application.Common;
using Chat.Application.EmergencyContacts;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class EmergencyContactEndpoints
{
    private const string Path = "emergency-contacts";

    public static void MapEmergencyContacts(this IEndpointRouteBuilder routes)
    {
        var contacts = routes.MapGroup("/" + Path).WithTags("Emergency contacts");

        contacts.MapGet("/", List).WithName("ListEmergencyContacts").WithSummary("List emergency contacts")
            .WithDescription(
                "Whom your affiliate calls in an emergency, the oldest first. With `kind`, those of it and those for any; with `area`, "
                + "those whose area holds these words and those for everywhere. Responders and supervisors see the active ones, "
                + "without `webhookUrl`.");
        contacts.MapPost("/", Create).WithName("CreateEmergencyContact").WithSummary("Say whom to call in an emergency")
            .WithDescription(
                "A service of an area, or with `onCall` your own person or desk, whom the platform notifies of each escalation of the "
                + "kind by e-mail, webhook or both. A platform admin says for which affiliate.");
        contacts.MapGet("/{id:guid}", Get).WithName("GetEmergencyContact").WithSummary("Read an emergency contact")
            .WithDescription(
                "`webhookSecretSet` says whether there is a secret, never what it is. The ETag of the answer is what a change sends as "
                + "If-Match.");
        contacts.MapPut("/{id:guid}", Change).WithName("ChangeEmergencyContact").WithSummary("Change an emergency contact")
            .WithDescription(
                "Needs If-Match with the ETag of GET. `webhookSecret`, `onCall` and `status` that are left out stay as they are, an "
                + "empty secret is removed; whatever else is left out is cleared.");
        contacts.MapDelete("/{id:guid}", Delete).WithName("DeleteEmergencyContact").WithSummary("Remove an emergency contact")
            .WithDescription("To put one aside for a while, make it inactive.");
    }

    private static async Task<Ok<Page<EmergencyContactView>>> List(
        Guid? affiliateId, string? kind, string? area, string? status, int? limit, string? cursor, IMediator mediator,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListEmergencyContacts(affiliateId, kind, area, status, limit, cursor), cancellationToken));

    private static async Task<Created<EmergencyContactView>> Create(
        EmergencyContactBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var contact = await mediator.Send(
            new CreateEmergencyContact(
                body.AffiliateId, body.Kind, body.Name, body.Area, body.Phone, body.Email, body.WebhookUrl, body.WebhookSecret, body.OnCall,
                body.Notes, body.Status),
            cancellationToken);
        return response.TaggedAsNew(Path, contact.Id, contact, contact.Version);
    }

    private static async Task<Ok<EmergencyContactView>> Get(
        Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var contact = await mediator.Send(new GetEmergencyContact(id), cancellationToken);
        return response.Tagged(contact, contact.Version);
    }

    private static async Task<Ok<EmergencyContactView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, EmergencyContactBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var contact = await mediator.Send(
            new ChangeEmergencyContact(
                id, EntityTags.Expected(ifMatch), body.AffiliateId, body.Kind, body.Name, body.Area, body.Phone, body.Email,
                body.WebhookUrl, body.WebhookSecret, body.OnCall, body.Notes, body.Status),
            cancellationToken);
        return response.Tagged(contact, contact.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteEmergencyContact(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <param name="AffiliateId">Whose contact it is: a platform admin says it, an affiliate's admin means their own. It never changes.</param>
/// <param name="Kind">medical, police or any.</param>
/// <param name="Name">At most 200 characters.</param>
/// <param name="Area">At most 200 characters, such as King County, WA; absent, wherever the affiliate works.</param>
/// <param name="Phone">At most 40 digits, spaces, + ( ) - . and letters for an extension.</param>
/// <param name="WebhookUrl">An https address of at most 500 characters.</param>
/// <param name="WebhookSecret">
/// `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it. It goes in and never comes out; an empty one is removed.
/// </param>
/// <param name="OnCall">Whether the platform itself notifies this contact; then an e-mail address or a webhook is needed.</param>
/// <param name="Notes">At most 2,000 characters, such as: ask for the mobile crisis team.</param>
/// <param name="Status">active (the default) or inactive.</param>
internal sealed record EmergencyContactBody(
    Guid? AffiliateId, string Kind, string Name, string? Area, string? Phone, string? Email, string? WebhookUrl, string? WebhookSecret,
    bool? OnCall, string? Notes, string? Status);
