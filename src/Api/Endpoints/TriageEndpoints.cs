using Chat.Application.Common;
using Chat.Application.Triage;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class TriageEndpoints
{
    private const string Path = "admin/triage/phrases";

    public static void MapTriage(this IEndpointRouteBuilder routes)
    {
        var triage = routes.MapGroup("/admin/triage").WithTags("Triage");

        triage.MapGet("/changes", Changes).WithName("ReportTriageChanges").WithSummary("Where people have judged otherwise than triage")
            .WithDescription(
                "Counts of the levels that people have given, by the version of the rules and by language; the rules that had spoken where they lowered a level; "
                + "and where they raised one and no rule had spoken. `from` and `to` are times, the last 30 days unless you say so; the items are paged, the newest first, "
                + "and hold no words.");
        triage.MapGet("/shadow", Shadow).WithName("ListShadowDifferences").WithSummary("Where the candidate would have judged otherwise")
            .WithDescription(
                "What the rules that are tried in the shadow would have changed, counted and one by one, the newest first: phrases that are `in_shadow`, and the "
                + "installation's candidate where there is one. `from` and `to` are times, the last 30 days unless you say so.");
        triage.MapPost("/try", Try).WithName("TryTriage").WithSummary("What triage makes of a text")
            .WithDescription("By the rules in force, or with `inShadow` by those that are tried beside them. Nothing of it is kept.");

        triage.MapGet("/phrases", List).WithName("ListTriagePhrases").WithSummary("List your own phrases")
            .WithDescription("What your affiliate has added to the rules of triage, the oldest first. A platform admin who names no affiliate reads everybody's.");
        triage.MapPost("/phrases", Create).WithName("CreateTriagePhrase").WithSummary("Write a phrase")
            .WithDescription(
                "It has no effect until somebody else has approved it. `cue` is the name of what it says, or `figure_of_speech` for words that only sound as if they "
                + "said something. `pattern` is in the language of docs/triage.md; one that cannot be read answers 400 and says from which character on.");
        triage.MapGet("/phrases/{id:guid}", Get).WithName("GetTriagePhrase").WithSummary("Read a phrase")
            .WithDescription("The ETag of the answer is what a change sends as If-Match.");
        triage.MapPut("/phrases/{id:guid}", Change).WithName("ChangeTriagePhrase").WithSummary("Change, try, approve or retire a phrase")
            .WithDescription(
                "Needs If-Match with the ETag of GET. `status` goes from `draft` or `in_shadow` to `approved`, by somebody else than who wrote it (409 "
                + "`triage.second_person_needed`), and from there only to `retired`; what has been approved is not rewritten (409 `triage.phrase_kept`). It is in force "
                + "on all instances within seconds.");
        triage.MapDelete("/phrases/{id:guid}", Delete).WithName("DeleteTriagePhrase").WithSummary("Remove a phrase that was never in force")
            .WithDescription("One that has been approved is kept: retire it.");
    }

    private static async Task<Ok<ShadowReport>> Shadow(
        DateTimeOffset? from, DateTimeOffset? to, Guid? programId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListShadowDifferences(from, to, programId, limit, cursor), cancellationToken));

    private static async Task<Ok<TriedMessage>> Try(TryTriageBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            await mediator.Send(new TryTriage(body.AffiliateId, body.Text, body.Language, body.ProgramId, body.InShadow ?? false), cancellationToken));

    private static async Task<Ok<Page<PhraseView>>> List(
        Guid? affiliateId, Guid? programId, string? language, string? status, int? limit, string? cursor, IMediator mediator,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListPhrases(affiliateId, programId, language, status, limit, cursor), cancellationToken));

    private static async Task<Created<PhraseView>> Create(
        TriagePhraseBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var phrase = await mediator.Send(
            new CreatePhrase(body.AffiliateId, body.ProgramId, body.Language, body.Cue, body.Pattern, body.Note, body.Status), cancellationToken);
        return response.TaggedAsNew(Path, phrase.Id, phrase, phrase.Version);
    }

    private static async Task<Ok<PhraseView>> Get(Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var phrase = await mediator.Send(new GetPhrase(id), cancellationToken);
        return response.Tagged(phrase, phrase.Version);
    }

    private static async Task<Ok<PhraseView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, TriagePhraseBody body, HttpResponse response, IMediator mediator,
        CancellationToken cancellationToken)
    {
        var phrase = await mediator.Send(
            new ChangePhrase(
                id, EntityTags.Expected(ifMatch), body.AffiliateId, body.ProgramId, body.Language, body.Cue, body.Pattern, body.Note, body.Status),
            cancellationToken);
        return response.Tagged(phrase, phrase.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeletePhrase(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ChangesReport>> Changes(
        DateTimeOffset? from, DateTimeOffset? to, Guid? programId, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ReportChanges(from, to, programId, limit, cursor), cancellationToken));
}

/// <param name="AffiliateId">Whose phrase it is: a platform admin says it, an affiliate's admin means their own. It never changes.</param>
/// <param name="ProgramId">The one program in which it counts; absent, in all.</param>
/// <param name="Language">en or es.</param>
/// <param name="Cue">The name of what it says, as `composition.json` has it, or `figure_of_speech`.</param>
/// <param name="Pattern">At most 200 characters: short, plain words, such as `i (want|need) .. blue door`.</param>
/// <param name="Note">At most 1,000 characters, such as: said here for the bridge.</param>
/// <param name="Status">draft (the default), in_shadow, approved or retired.</param>
internal sealed record TriagePhraseBody(
    Guid? AffiliateId, Guid? ProgramId, string Language, string Cue, string Pattern, string? Note, string? Status);

/// <param name="AffiliateId">By whose rules: a platform admin may say it, an affiliate's admin means their own.</param>
/// <param name="Text">At most 16,000 characters.</param>
/// <param name="Language">en or es; absent, whichever it shows.</param>
/// <param name="InShadow">By the rules that are tried in the shadow, where there are any.</param>
internal sealed record TryTriageBody(Guid? AffiliateId, string Text, string? Language, Guid? ProgramId, bool? InShadow);
