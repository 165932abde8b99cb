using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Surveys;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.Api.Endpoints;

internal static class SurveyEndpoints
{
    private const string Path = "surveys";

    public static void MapSurveys(this IEndpointRouteBuilder routes)
    {
        var surveys = routes.MapGroup("/" + Path).WithTags("Surveys");

        surveys.MapGet("/", List).WithName("ListSurveys").WithSummary("List surveys")
            .WithDescription("Your affiliate's, the oldest first, of one program or of all.");
        surveys.MapPost("/", Create).WithName("CreateSurvey").WithSummary("Say what texters are asked")
            .WithDescription(
                "1 to 30 questions, asked one at a time. `entry` is sent while a conversation is active, `exit` while it is wrapped up; a program has one active "
                + "survey of each: 409 `survey.taken`. Every question can be skipped, and the texter can end the survey at any time.");
        surveys.MapGet("/{id:guid}", Get).WithName("GetSurvey").WithSummary("Read a survey")
            .WithDescription("The ETag of the answer is what a change sends as If-Match. `preview` shows each question as it is texted.");
        surveys.MapPut("/{id:guid}", Change).WithName("ChangeSurvey").WithSummary("Change a survey")
            .WithDescription(
                "Needs If-Match with the ETag of GET. Whoever is in the middle of it is asked on as they were, and results are counted for each wording. Give a "
                + "question its id and it keeps it. Language and status that are left out stay as they are.");
        surveys.MapDelete("/{id:guid}", Delete).WithName("DeleteSurvey").WithSummary("Remove a survey")
            .WithDescription("Only one that nobody has been asked; 409 `survey.in_use` otherwise: make it inactive.");

        routes.MapPost("/conversations/{id:guid}/surveys", Send).WithTags("Conversations").WithName("SendSurvey")
            .WithSummary("Ask the texter the program's questions")
            .WithDescription(
                "`entry` in an active conversation (transition send_entry_survey), `exit` in wrap_up, by the responder who holds it. An entry survey that "
                + "paused because the two of you were talking goes on. 409 `survey.none`, `survey.running`, `texter.stopped`.");
        routes.MapGet("/conversations/{id:guid}/surveys", ListOf).WithTags("Conversations").WithName("ListConversationSurveys")
            .WithSummary("How far surveys have come, and what was answered").WithDescription("The newest first, with every question of the wording that was asked.");
        routes.MapGet("/analytics/surveys", Results).WithTags("Analytics").WithName("GetSurveyResults").WithSummary("What texters answered")
            .WithDescription(
                "For each survey and wording: how many were begun and completed, and for each question the counts, the mean and both by day, in days of the "
                + "affiliate's time zone. Texters' own words are counted and not listed. The newest 10,000 responses are counted at once; `truncated` says that "
                + "there were more.");
    }

    private static async Task<Ok<Page<SurveyView>>> List(
        Guid? affiliateId, Guid? programId, string? type, string? status, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListSurveys(affiliateId, programId, type, status, limit, cursor), cancellationToken));

    private static async Task<Created<SurveyView>> Create(SurveyBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var survey = await mediator.Send(
            new CreateSurvey(body.ProgramId, body.Type, body.Title, body.Language, body.Forms, body.ExpiresAfterMinutes, body.Status), cancellationToken);
        return response.TaggedAsNew(Path, survey.Id, survey, survey.Version);
    }

    private static async Task<Ok<SurveyView>> Get(Guid id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var survey = await mediator.Send(new GetSurvey(id), cancellationToken);
        return response.Tagged(survey, survey.Version);
    }

    private static async Task<Ok<SurveyView>> Change(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, SurveyBody body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var survey = await mediator.Send(
            new ChangeSurvey(
                id, EntityTags.Expected(ifMatch), body.ProgramId, body.Type, body.Title, body.Language, body.Forms, body.ExpiresAfterMinutes, body.Status),
            cancellationToken);
        return response.Tagged(survey, survey.Version);
    }

    private static async Task<NoContent> Delete(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteSurvey(id, EntityTags.Expected(ifMatch)), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ConversationView>> Send(Guid id, SendSurveyBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SendSurvey(id, body.Type), cancellationToken));

    private static async Task<Ok<ConversationSurveys>> ListOf(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListConversationSurveys(id), cancellationToken));

    private static async Task<Ok<SurveyResults>> Results(
        DateOnly? from, DateOnly? to, Guid? programId, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetSurveyResults(from, to, programId), cancellationToken));
}

/// <param name="Type">entry or exit.</param>
/// <param name="Title">What staff call it; texters do not see it.</param>
/// <param name="Language">en (the default) or es: of what the platform itself says around the questions.</param>
/// <param name="ExpiresAfterMinutes">How long a question waits for its answer, at most a week; absent: 20 for entry, 60 for exit.</param>
/// <param name="Status">active (the default) or inactive.</param>
internal sealed record SurveyBody(
    Guid ProgramId, string Type, string Title, IReadOnlyList<SurveyQuestionBody> Questions, string? Language, int? ExpiresAfterMinutes, string? Status)
{
    internal IReadOnlyList<SurveyQuestionForm> Forms =>
        [.. (Questions ?? []).Select(question => question?.Form ?? new SurveyQuestionForm(null, null, null, null, null, null))];
}

/// <param name="Id">Its name within the survey; made where there is none.</param>
/// <param name="Text">At most 1,000 characters.</param>
/// <param name="Kind">scale, choice, text or yes_no.</param>
/// <param name="Options">What can be chosen, 2 to 20; for a scale the lowest and the highest number, 1 and 5 where there are none.</param>
/// <param name="Required">The texter is asked once more before the question is left out.</param>
/// <param name="AlertOn">Answers of which the responder and the supervisors are told at once: numbers, options, yes or no.</param>
internal sealed record SurveyQuestionBody(
    string? Id, string Text, string Kind, IReadOnlyList<string>? Options, bool? Required, IReadOnlyList<string>? AlertOn)
{
    internal SurveyQuestionForm Form => new(Id, Text, Kind, Options, Required, AlertOn);
}

/// <param name="Type">entry or exit.</param>
internal sealed record SendSurveyBody(string Type);
