using System.Runtime.CompilerServices;
using Chat.Application.Common;
using Chat.Application.OffBoarding;
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
        routes.MapGet("/admin/exports", ExportAll).WithTags("Retention").WithName("ExportAffiliate").WithSummary("Hand out what is stored of all texters")
            .WithDescription(
                "For an affiliate that leaves: as for one texter, in a folder for each, with one manifest at the end. Once it has been handed out whole, that is "
                + "noted at the affiliate's off-boarding, if there is one.")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip").DisableRequestTimeout();
    }

    private static async Task<PushStreamHttpResult> ExportAll(IMediator mediator, CancellationToken cancellationToken)
    {
        var texters = await mediator.Send(new BeginAffiliateExport(), cancellationToken);
        return TypedResults.Stream(
            async stream =>
            {
                using var archive = new ExportArchive(stream, mediator);
                await archive.WriteAsync(ReadAsync(texters, mediator, cancellationToken), texter => $"texters/{texter.Id}/", cancellationToken);
                await mediator.Send(new RecordAffiliateExport(), cancellationToken);
            },
            "application/zip", "affiliate.zip");
    }

    private static async IAsyncEnumerable<TexterExport> ReadAsync(
        IReadOnlyList<Guid> texters, IMediator mediator, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in texters)
        {
            if (await mediator.Send(new ExportTexter(id), cancellationToken) is { } texter)
            {
                yield return texter;
            }
        }
    }

    private static async Task<PushStreamHttpResult> Export(Guid texterId, IMediator mediator, CancellationToken cancellationToken)
    {
        var texter = await mediator.Send(new BeginExport(texterId), cancellationToken);
        return TypedResults.Stream(
            async stream =>
            {
                using var archive = new ExportArchive(stream, mediator);
                await archive.WriteAsync(AsyncEnumerable.Repeat(texter, 1), _ => "", cancellationToken);
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
