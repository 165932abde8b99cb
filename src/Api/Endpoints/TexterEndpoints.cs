using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Texters;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class TexterEndpoints
{
    public static void MapTexters(this IEndpointRouteBuilder routes)
    {
        var texters = routes.MapGroup("/texters").WithTags("Texters");

        texters.MapGet("/{id:guid}", Get).WithName("GetTexter").WithSummary("Who is writing")
            .WithDescription("Where the caller may see one of the texter's conversations. Addresses are masked. The plan and the notes are for whoever answers next.");
        texters.MapGet("/{id:guid}/conversations", Conversations).WithName("ListTexterConversations").WithSummary("What they have written before")
            .WithDescription("As far as the caller may see it, the newest first. Reading it is put on record.");
        texters.MapPost("/search", Search).WithName("SearchTexters").WithSummary("Find a texter by number")
            .WithDescription("Where the caller may see one of their conversations. The number stands in the body and nowhere else.");
        texters.MapPut("/{id:guid}/plan", Plan).WithName("SetTexterPlan").WithSummary("Write down what helps")
            .WithDescription("For whoever answers next. An empty plan takes it away.");
        texters.MapPost("/{id:guid}/notes", Note).WithName("AddTexterNote").WithSummary("Write a note about a texter")
            .WithDescription("It outlives the conversation.");
        texters.MapPut("/{id:guid}/time-zone", TimeZone).WithName("SetTexterTimeZone").WithSummary("Note where they live")
            .WithDescription("A zone of the IANA database, as far as the texter has said it; null for the affiliate's own.");
        texters.MapPut("/{id:guid}/block", Block).WithName("BlockTexter").WithSummary("Ask that a texter be blocked, or end it")
            .WithDescription("In force once a second person has approved it. Their messages are kept and call nobody; that somebody is in danger is never hidden.");
        texters.MapPost("/{id:guid}/block/approve", Approve).WithName("ApproveBlock").WithSummary("Approve that a texter is blocked")
            .WithDescription("By a supervisor or admin, and by nobody who asked for it.");
        texters.MapPost("/{id:guid}/join", Join).WithName("JoinTexters").WithSummary("Say that two texters are one person")
            .WithDescription("The other's addresses, conversations and notes come to this one.");
        texters.MapPost("/{id:guid}/separate", Separate).WithName("SeparateTexter").WithSummary("Say that an address is somebody else's")
            .WithDescription("It becomes a texter of its own, with the conversations that came from it; the answer is that texter.");
    }

    private static async Task<Ok<TexterView>> Get(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetTexter(id), cancellationToken));

    private static async Task<Ok<Page<ConversationView>>> Conversations(Guid id, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListTexterConversations(id, limit, cursor), cancellationToken));

    private static async Task<Ok<TextersFound>> Search(TexterSearchBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SearchTexters(body.Phone), cancellationToken));

    private static async Task<Ok<TexterView>> Plan(Guid id, PlanBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SetPlan(id, body.Plan), cancellationToken));

    private static async Task<Ok<TexterView>> Note(Guid id, TexterNoteBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new AddTexterNote(id, body.Content), cancellationToken));

    private static async Task<Ok<TexterView>> TimeZone(Guid id, TimeZoneBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SetTexterTimeZone(id, body.TimeZone), cancellationToken));

    private static async Task<Ok<TexterView>> Block(Guid id, BlockBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new BlockTexter(id, body.Blocked, body.Reason, body.Until), cancellationToken));

    private static async Task<Ok<TexterView>> Approve(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ApproveBlock(id), cancellationToken));

    private static async Task<Ok<TexterView>> Join(Guid id, JoinBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new JoinTexters(id, body.TexterId), cancellationToken));

    private static async Task<Ok<TexterView>> Separate(Guid id, SeparateBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SeparateTexter(id, body.AddressId), cancellationToken));
}

/// <param name="Phone">The whole number, with its country, such as +1 555 010 0021.</param>
internal sealed record TexterSearchBody(string Phone);

internal sealed record PlanBody(string? Plan);

internal sealed record TexterNoteBody(string Content);

/// <param name="TimeZone">Such as America/Denver.</param>
internal sealed record TimeZoneBody(string? TimeZone);

/// <param name="Reason">Needed to block.</param>
/// <param name="Until">When it ends by itself; absent: when somebody ends it.</param>
internal sealed record BlockBody(bool Blocked, string? Reason, DateTimeOffset? Until);

/// <param name="TexterId">The other one.</param>
internal sealed record JoinBody(Guid TexterId);

internal sealed record SeparateBody(Guid AddressId);
