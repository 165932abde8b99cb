using Chat.Application.Common;
using Chat.Application.Keywords;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class KeywordEndpoints
{
    private const string Path = "keywords";

    public static void MapKeywords(this IEndpointRouteBuilder routes)
    {
        var keywords = routes.MapGroup("/" + Path).WithTags("Keywords");

        keywords.MapGet("/", List).WithName("ListKeywords").WithSummary("List keywords")
            .WithDescription("Your affiliate's, the oldest first, of one program or of all.");
        keywords.MapPost("/", Create).WithName("CreateKeyword").WithSummary("Say what a word sets off")
            .WithDescription(
                "A message that is this word and nothing else, whatever its case, accents and punctuation: `start` begins a "
                + "conversation in the program, `reply` only answers, `opt_out` and `opt_in` stop messages and allow them again, `help` "
                + "says who we are.");
        keywords.MapGet("/{id:guid}", Get).WithName("GetKeyword").WithSummary("Read a keyword")
            .WithDescription("The ETag of the answer is what a change sends as If-Match.");
        keywords.MapPut("/{id:guid}", Change).WithName("ChangeKeyword").WithSummary("Change a keyword")
            .WithDescription(
                "Needs If-Match with the ETag of GET. In force at once. An action that is left out stays as it is; sub-program and "
                + "response that are left out are cleared.");
        keywords.MapDelete("/{id:guid}", Delete).WithName("DeleteKeyword").WithSummary("Remove a keyword")
            .WithDescription("Texters who send the word are answered by a person from then on.");
    }

    private static async Task<Ok<Page<KeywordView>>> List(
        Guid? affiliateId, Guid? programId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListKeywords(affiliateId, programId, limit, cursor), cancellationToken));

    private static async Task<Created<KeywordView>> Create(
        KeywordBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var keyword = await mediator.Send(
            new CreateKeyword(body.ProgramId, body.Keyword, body.Action, body.SubProgram, body.Response), cancellationToken);
        return response.TaggedAsNew(Path, keyword.Id, keyword, keyword.Version);
    }

    private static async Task<Ok<KeywordView>> Get(Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var keyword = await mediator.Send(new GetKeyword(id), cancellationToken);
        return response.Tagged(keyword, keyword.Version);
    }

    private static async Task<Ok<KeywordView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, KeywordBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var keyword = await mediator.Send(
            new ChangeKeyword(id, EntityTags.Expected(ifMatch), body.ProgramId, body.Keyword, body.Action, body.SubProgram, body.Response),
            cancellationToken);
        return response.Tagged(keyword, keyword.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteKeyword(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <param name="Keyword">At most 40 characters; once in a program.</param>
/// <param name="Action">start (the default), reply, opt_out, opt_in or help.</param>
/// <param name="SubProgram">Put down on the conversation that it starts.</param>
/// <param name="Response">What the texter is answered, at most 1,600 characters; a reply needs it.</param>
internal sealed record KeywordBody(Guid ProgramId, string Keyword, string? Action, string? SubProgram, string? Response);
