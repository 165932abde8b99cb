using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Messages;
using Chat.Domain.Messages;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/conversations").WithTags("Conversations");

        conversations.MapGet("/", List).WithName("ListConversations").WithSummary("List conversations")
            .WithDescription("The newest first. A responder sees their own and who waits in their programs; supervisors and admins see their affiliate's.");
        conversations.MapGet("/{id:guid}", Get).WithName("GetConversation").WithSummary("Read a conversation")
            .WithDescription("Its state, who holds it and what the caller can do next. The texts are its messages.");
        conversations.MapGet("/{id:guid}/messages", ListMessages).WithName("ListMessages").WithSummary("Read the messages")
            .WithDescription("In order, after a given sequence number. A text that can no longer be opened is null and marked unreadable.");
        conversations.MapPost("/{id:guid}/messages", Send).WithName("SendMessage").WithSummary("Answer, or write a note")
            .WithDescription("`text` goes to the texter; the first one starts a conversation that has only been taken. `note` is seen by staff only. "
                + "The same clientMessageId is never sent twice.");
        conversations.MapPost("/{id:guid}/claim", Claim).WithName("ClaimConversation").WithSummary("Take this conversation")
            .WithDescription("One responder wins; the others get 409 `conversation.already_assigned`.");
        conversations.MapPost("/{id:guid}/start", Start).WithName("StartConversation").WithSummary("Begin to work on it")
            .WithDescription("assigned → active, by the responder who holds it.");
        conversations.MapPost("/{id:guid}/close", Close).WithName("CloseConversation").WithSummary("End it")
            .WithDescription("active → closed, by the responder who holds it. The texter's next message opens a new conversation.");
        conversations.MapPut("/{id:guid}/tags", Tags).WithName("SetTags").WithSummary("Say what it is about")
            .WithDescription("Replaces the conversation's tags.");
    }

    private static async Task<Ok<Page<ConversationView>>> List(
        string? state, Guid? programId, Guid? responderId, string? riskLevel, Guid? texterId, int? limit, string? cursor, IMediator mediator,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListConversations(state, programId, responderId, riskLevel, texterId, limit, cursor), cancellationToken));

    private static async Task<Ok<ConversationView>> Get(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetConversation(id), cancellationToken));

    private static async Task<Ok<Page<MessageView>>> ListMessages(
        Guid id, long? afterSequence, int? limit, string? cursor, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListMessages(id, afterSequence, limit, cursor), cancellationToken));

    private static async Task<Created<MessageView>> Send(Guid id, MessageBody body, IMediator mediator, CancellationToken cancellationToken)
    {
        var message = await mediator.Send<MessageView>(
            Domain.Common.Wire.TryValue<MessageKind>(body.Kind ?? "text", out var kind)
                ? kind == MessageKind.Note ? new AddNote(id, body.Content, body.ClientMessageId) : new SendReply(id, body.Content, body.ClientMessageId)
                : throw new ValidationException([new ValidationFailure("kind", "One of text, note.")]),
            cancellationToken);
        return TypedResults.Created($"/api/conversations/{id}/messages?afterSequence={message.Sequence - 1}", message);
    }

    private static async Task<Ok<ConversationView>> Claim(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ClaimConversation(id), cancellationToken));

    private static async Task<Ok<ConversationView>> Start(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new StartConversation(id), cancellationToken));

    private static async Task<Ok<ConversationView>> Close(Guid id, CloseBody? body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CloseConversation(id, body?.Reason), cancellationToken));

    private static async Task<Ok<ConversationView>> Tags(Guid id, TagsBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SetTags(id, body.Tags), cancellationToken));
}

/// <param name="Content">1 to 1,600 characters of text, or a note of up to 16,000.</param>
/// <param name="ClientMessageId">The sender's own id for this message: repeating it answers the message that was sent.</param>
/// <param name="Kind">text (the default) or note.</param>
internal sealed record MessageBody(string Content, string? ClientMessageId, string? Kind);

internal sealed record CloseBody(string? Reason);

internal sealed record TagsBody(IReadOnlyList<string> Tags);
