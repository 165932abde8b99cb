using Chat.Application.Common;
using Chat.Application.Escalations;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class EscalationEndpoints
{
    public static void MapEscalations(this IEndpointRouteBuilder routes)
    {
        var escalations = routes.MapGroup("/escalations").WithTags("Escalations");

        escalations.MapGet("/", List).WithName("ListEscalations").WithSummary("List escalations")
            .WithDescription("Of the conversations that the caller may see, the newest first.");
        escalations.MapGet("/{id:guid}", Get).WithName("GetEscalation").WithSummary("Read an escalation's whole record")
            .WithDescription("What was known, who was told and contacted when, what they said, and how it ended.");
        escalations.MapPut("/{id:guid}", Change).WithName("ChangeEscalation").WithSummary("Say what more is known")
            .WithDescription("Replaces urgency, location and reason. What was known before stays on record.");
        escalations.MapPost("/{id:guid}/acknowledge", Acknowledge).WithName("AcknowledgeEscalation").WithSummary("Say that you are on it")
            .WithDescription("Nobody is reminded any more.");
        escalations.MapPost("/{id:guid}/contacts", Record).WithName("RecordEscalationContact").WithSummary("Put a contact on record")
            .WithDescription("Who was telephoned or otherwise reached, when, and what they said.");
    }

    private static async Task<Ok<Page<EscalationView>>> List(
        string? status, Guid? conversationId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListEscalations(status, conversationId, limit, cursor), cancellationToken));

    private static async Task<Ok<EscalationView>> Get(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetEscalation(id), cancellationToken));

    private static async Task<Ok<EscalationView>> Change(Guid id, EscalationBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ChangeEscalation(id, body.Urgency, body.Location, body.LocationSource, body.Reason), cancellationToken));

    private static async Task<Ok<EscalationView>> Acknowledge(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new AcknowledgeEscalation(id), cancellationToken));

    private static async Task<Ok<EscalationView>> Record(Guid id, EscalationContactBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new RecordContact(id, body.Contact, body.Method, body.Outcome, body.Note, body.ContactedAt), cancellationToken));
}

/// <param name="Urgency">low, moderate, medium, high, urgent, critical, imminent, immediate or emergency.</param>
/// <param name="Location">Where the texter is, as far as it is known.</param>
/// <param name="LocationSource">How it is known: texter_said, known_before, partner, provider or other.</param>
internal sealed record EscalationBody(string Urgency, string? Location, string? LocationSource, string? Reason);

/// <param name="Contact">Whom.</param>
/// <param name="Method">phone, email, radio, portal, in_person or other.</param>
/// <param name="Outcome">What came of it, in a few words.</param>
/// <param name="Note">What they said.</param>
/// <param name="ContactedAt">When; absent: now.</param>
internal sealed record EscalationContactBody(string Contact, string Method, string Outcome, string? Note, DateTimeOffset? ContactedAt);
