using Chat.Application.Common;
using Chat.Application.Events;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup("/admin/events/dead-letters").WithTags("Events");

        letters.MapGet("/", List).WithName("ListDeadLetters").WithSummary("List events that were not acted on")
            .WithDescription(
                "Events that somebody within the platform could not act on, however often it was tried, the newest first: ids and types, and why. For "
                + "platform admins.");
        letters.MapPost("/{id:guid}/replay", Replay).WithName("ReplayDeadLetter").WithSummary("Have an event acted on after all")
            .WithDescription(
                "Those who could not act on it do so now; who had, does not again. 409 `event.not_replayed` when somebody still cannot, and `event.unreadable` "
                + "for what was no event of ours. Doing it twice does no harm.");
    }

    private static async Task<Ok<Page<DeadLetterView>>> List(int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListDeadLetters(limit, cursor), cancellationToken));

    private static async Task<NoContent> Replay(Guid id, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new ReplayDeadLetter(id), cancellationToken);
        return TypedResults.NoContent();
    }
}
