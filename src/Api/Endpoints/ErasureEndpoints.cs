using Chat.Application.Common;
using Chat.Application.Retention;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class ErasureEndpoints
{
    public static void MapErasures(this IEndpointRouteBuilder routes)
    {
        var erasures = routes.MapGroup("/admin/erasures").WithTags("Retention");

        erasures.MapPost("/", Erase).WithName("EraseTexter").WithSummary("Erase a texter")
            .WithDescription(
                "Everything that is stored of one texter goes at once: conversations with all that hangs on them, addresses, notes, plan; and within "
                + "seconds their keys, so that no backup can be read either. It cannot be undone. The answer is the proof of it, which can be read "
                + "again. 409 `texter.on_hold` while a legal hold stands on one of the conversations, 409 `texter.conversation_open` while one is open.");
        erasures.MapGet("/", List).WithName("ListErasures").WithSummary("The proofs of erasures")
            .WithDescription("The newest first: ids, counts and times, and nothing of what was erased.");
        erasures.MapGet("/{id:guid}", Get).WithName("GetErasure").WithSummary("The proof of one erasure")
            .WithDescription("`completed` once the last key has been destroyed.");

        routes.MapGet("/admin/exports/{texterId:guid}", Export).WithTags("Retention").WithName("ExportTexter").WithSummary("Hand out what is stored of a texter")
            .WithDescription(
                "A ZIP of readable files: `texter.json`, each conversation as JSON and as a page, and last `manifest.json` with counts and each file's SHA-256. "
                + "A ZIP that has no manifest was cut short. Staff are named by their part and not by name. It is put on record before the first word is read.")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip").DisableRequestTimeout();
    }

    private static async Task<PushStreamHttpResult> Export(Guid texterId, IMediator mediator, CancellationToken cancellationToken)
    {
        var texter = await mediator.Send(new BeginExport(texterId), cancellationToken);
        return TypedResults.Stream(
            async stream =>
            {
                using var archive = new ExportArchive(stream, mediator);
                await archive.WriteAsync([texter], _ => "", cancellationToken);
            },
            "application/zip", $"texter-{texterId}.zip");
    }

    private static async Task<Accepted<ErasureView>> Erase(ErasureBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        var erasure = await mediator.Send(new EraseTexter(body.TexterId), cancellationToken);
        return TypedResults.Accepted($"/api/admin/erasures/{erasure.Id}", erasure);
    }

    private static async Task<Ok<Page<ErasureView>>> List(int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListErasures(limit, cursor), cancellationToken));

    private static async Task<Ok<ErasureView>> Get(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetErasure(id), cancellationToken));
}

internal sealed record ErasureBody(Guid TexterId);
