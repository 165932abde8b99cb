using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Programs;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class ProgramEndpoints
{
    private const string Path = "programs";

    public static void MapPrograms(this IEndpointRouteBuilder routes)
    {
        var programs = routes.MapGroup("/" + Path).WithTags("Programs");

        programs.MapGet("/", List).WithName("ListPrograms").WithSummary("List programs")
            .WithDescription("Your affiliate's, the oldest first. A platform admin sees everybody's, or one affiliate's.");
        programs.MapPost("/", Create).WithName("CreateProgram").WithSummary("Set a program up")
            .WithDescription("Connect a number to it next, with POST /api/channels. A platform admin says for which affiliate.");
        programs.MapGet("/{id:guid}", Get).WithName("GetProgram").WithSummary("Read a program")
            .WithDescription("`providers` are those of its channels. The ETag of the answer is what a change sends as If-Match.");
        programs.MapPut("/{id:guid}", Change).WithName("ChangeProgram").WithSummary("Change a program")
            .WithDescription(
                "Needs If-Match with the ETag of GET. An inactive program takes no new messages: they are kept in quarantine. Status "
                + "and settings that are left out stay as they are; short code and description that are left out are cleared.");
        programs.MapDelete("/{id:guid}", Delete).WithName("DeleteProgram").WithSummary("Remove a program")
            .WithDescription(
                "Only one without people, keywords, channels and conversations; 409 `program.in_use` otherwise: make it inactive.");
    }

    private static async Task<Ok<Page<ProgramView>>> List(
        Guid? affiliateId, string? status, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListPrograms(affiliateId, status, limit, cursor), cancellationToken));

    private static async Task<Created<ProgramView>> Create(
        ProgramBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var program = await mediator.Send(
            new CreateProgram(body.AffiliateId, body.Name, body.ShortCode, body.Description, body.Status, body.Settings),
            cancellationToken);
        return response.TaggedAsNew(Path, program.Id, program, program.Version);
    }

    private static async Task<Ok<ProgramView>> Get(Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var program = await mediator.Send(new GetProgram(id), cancellationToken);
        return response.Tagged(program, program.Version);
    }

    private static async Task<Ok<ProgramView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, ProgramBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var program = await mediator.Send(
            new ChangeProgram(
                id, EntityTags.Expected(ifMatch), body.AffiliateId, body.Name, body.ShortCode, body.Description, body.Status,
                body.Settings),
            cancellationToken);
        return response.Tagged(program, program.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteProgram(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <param name="AffiliateId">Whose program it is: a platform admin says it, an affiliate's admin means their own. It never changes.</param>
/// <param name="ShortCode">At most 20 letters, digits and hyphens; once in an affiliate.</param>
/// <param name="Status">active (the default) or inactive.</param>
/// <param name="Settings">
/// A JSON object of at most 16 KB: timeZone, operatingHours, holidays, replies, stillWaitingMinutes, mostStillWaiting, queueAlertMinutes,
/// queueTimeoutMinutes, transferTimeoutSeconds, escalationReminderMinutes, assignment and wrapUp, as docs/program-settings.md has them.
/// A member of another name is kept and means nothing here.
/// </param>
internal sealed record ProgramBody(
    Guid? AffiliateId, string Name, string? ShortCode, string? Description, string? Status,
    IReadOnlyDictionary<string, JsonElement>? Settings);
