using Chat.Application.CannedResponses;
using Chat.Application.Common;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class CannedResponseEndpoints
{
    private const string Path = "canned-responses";

    public static void MapCannedResponses(this IEndpointRouteBuilder routes)
    {
        var responses = routes.MapGroup("/" + Path).WithTags("Canned responses");

        responses.MapGet("/", List).WithName("ListCannedResponses").WithSummary("List canned responses")
            .WithDescription("Words to begin from, the oldest first, of one program or of all. Responders read those of their programs.");
        responses.MapPost("/", Create).WithName("CreateCannedResponse").WithSummary("Put words down for responders")
            .WithDescription("The program's responders find them by their title, change them as it fits, and send them.");
        responses.MapGet("/{id:guid}", Get).WithName("GetCannedResponse").WithSummary("Read a canned response")
            .WithDescription("The ETag of the answer is what a change sends as If-Match.");
        responses.MapPut("/{id:guid}", Change).WithName("ChangeCannedResponse").WithSummary("Change a canned response")
            .WithDescription("Needs If-Match with the ETag of GET. What has been sent stays what it is.");
        responses.MapDelete("/{id:guid}", Delete).WithName("DeleteCannedResponse").WithSummary("Remove a canned response")
            .WithDescription("What has been sent stays what it is.");
    }

    private static async Task<Ok<Page<CannedResponseView>>> List(
        Guid? affiliateId, Guid? programId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListCannedResponses(affiliateId, programId, limit, cursor), cancellationToken));

    private static async Task<Created<CannedResponseView>> Create(
        CannedResponseBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var made = await mediator.Send(
            new CreateCannedResponse(body.ProgramId, body.Title, body.Body), cancellationToken);
        return response.TaggedAsNew(Path, made.Id, made, made.Version);
    }

    private static async Task<Ok<CannedResponseView>> Get(Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var made = await mediator.Send(new GetCannedResponse(id), cancellationToken);
        return response.Tagged(made, made.Version);
    }

    private static async Task<Ok<CannedResponseView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, CannedResponseBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var made = await mediator.Send(
            new ChangeCannedResponse(id, EntityTags.Expected(ifMatch), body.ProgramId, body.Title, body.Body),
            cancellationToken);
        return response.Tagged(made, made.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteCannedResponse(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <param name="Title">What responders find it by; a line of at most 200 characters.</param>
/// <param name="Body">The words, at most 1,600 characters.</param>
internal sealed record CannedResponseBody(Guid ProgramId, string Title, string Body);
