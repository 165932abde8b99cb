using Chat.Application.Common;
using Chat.Application.Conversations;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class QueueEndpoints
{
    public static void MapQueue(this IEndpointRouteBuilder routes)
    {
        var queue = routes.MapGroup("/queue").WithTags("Queue");

        queue.MapGet("/", List).WithName("ListQueue").WithSummary("Who is waiting")
            .WithDescription("In the order in which they will be answered: the most at risk first, and nobody overtaken for ever. A responder sees their programs, others all.");
        queue.MapPost("/claim", ClaimNext).WithName("ClaimNextConversation").WithSummary("Take whoever is next")
            .WithDescription("Assigns the first of the caller's programs, or of the one asked for. 204 when nobody waits; 409 `responder.at_capacity` when the caller holds as many as they may.");
    }

    private static async Task<Ok<Page<WaitingConversation>>> List(
        Guid? programId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListQueue(programId, limit, cursor), cancellationToken));

    private static async Task<Results<Ok<ConversationView>, NoContent>> ClaimNext(ClaimBody? body, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new ClaimNextConversation(body?.ProgramId), cancellationToken) is { } conversation ? TypedResults.Ok(conversation) : TypedResults.NoContent();
}

/// <param name="ProgramId">Only from this program; absent: from any of the caller's.</param>
internal sealed record ClaimBody(Guid? ProgramId);
