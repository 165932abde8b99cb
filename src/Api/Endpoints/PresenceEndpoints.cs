using Chat.Application.Presences;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class PresenceEndpoints
{
    public static void MapPresence(this IEndpointRouteBuilder routes)
    {
        var presence = routes.MapGroup("/presence").WithTags("Presence");

        presence.MapGet("/", Get).WithName("GetPresence").WithSummary("Whether you count as there")
            .WithDescription("available, away or offline: as declared, and offline once your connection has been gone for longer than the lease.");
        presence.MapPut("/", Declare).WithName("DeclarePresence").WithSummary("Say whether you are there")
            .WithDescription("Only who is available and has room is offered work. Taking somebody from the queue says that you are available, unless you have said otherwise.");
    }

    private static async Task<Ok<PresenceView>> Get(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetPresence(), cancellationToken));

    private static async Task<Ok<PresenceView>> Declare(PresenceBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new DeclarePresence(body.Status), cancellationToken));
}

/// <param name="Status">available, away or offline.</param>
internal sealed record PresenceBody(string Status);
