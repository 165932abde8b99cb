using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Escalations;
using Chat.Application.Messages;
using Chat.Application.Risk;
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
            .WithDescription("The newest first; `state` can name several states with commas between them. A responder sees their own and who waits in their programs; "
                + "supervisors and admins see their affiliate's.");
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
        conversations.MapPost("/{id:guid}/transfer", Transfer).WithName("TransferConversation").WithSummary("Offer it to a colleague")
            .WithDescription("active → transferred. Without `toResponderId` it is offered to the whole program, and whoever accepts first has it. The sender stays "
                + "responsible until then; an offer that nobody answers lapses.");
        conversations.MapPost("/{id:guid}/accept-transfer", Accept).WithName("AcceptTransfer").WithSummary("Take over what is offered")
            .WithDescription("transferred → active, with the caller. Of several who accept at once one wins; 409 `responder.at_capacity` when the caller has no room.");
        conversations.MapPost("/{id:guid}/decline-transfer", Decline).WithName("DeclineTransfer").WithSummary("Decline what is offered")
            .WithDescription("transferred → active, with whoever offered it.");
        conversations.MapPost("/{id:guid}/cancel-transfer", Cancel).WithName("CancelTransfer").WithSummary("Take an offer back")
            .WithDescription("transferred → active, by whoever offered it.");
        conversations.MapPost("/{id:guid}/return-to-queue", Return).WithName("ReturnToQueue").WithSummary("Give it back to the queue")
            .WithDescription("Back to its own program's queue or to another's, where the texter keeps their place in time. A responder says why in a note; a "
                + "supervisor may.");
        conversations.MapGet("/{id:guid}/transfer-targets", Targets).WithName("ListTransferTargets").WithSummary("Who could take it over")
            .WithDescription("The program's other responders, those who are there and have room first, and the other programs to whose queue it can be given.");
        conversations.MapPost("/{id:guid}/escalate", Escalate).WithName("EscalateConversation").WithSummary("Bring in medical help or the police")
            .WithDescription("active → escalated_medical or escalated_police. Supervisors are told at once, and so are the affiliate's on-call contacts; "
                + "`contactedService` names those, and is null when there was nobody to tell: then telephone.");
        conversations.MapPost("/{id:guid}/resolve-escalation", Resolve).WithName("ResolveEscalation").WithSummary("Say how an escalation ended")
            .WithDescription("Back to active. A supervisor can do so only where the responder is gone.");
        conversations.MapPost("/{id:guid}/wrap-up", WrapUp).WithName("BeginWrapUp").WithSummary("Begin to wrap up")
            .WithDescription("active → wrap_up. The report can be filed with it, all or in part. What the texter writes from now on brings the conversation back.");
        conversations.MapGet("/{id:guid}/report", Report).WithName("GetReport").WithSummary("Read what was filed")
            .WithDescription("And what the program asks at the end, and still misses.");
        conversations.MapPut("/{id:guid}/report", FileReport).WithName("FileReport").WithSummary("File what there is to file")
            .WithDescription("By the responder who holds it, or held it last. What is left out stays as it was.");
        conversations.MapPost("/{id:guid}/follow-ups", FollowUp).WithName("ScheduleFollowUp").WithSummary("Agree to write again later")
            .WithDescription("wrap_up → follow_up_scheduled. The message is sent when its time comes, once; what the texter writes before resumes the conversation "
                + "and withdraws it. `agreed` keeps whether the texter said yes to it, with who says so and when.");
        conversations.MapGet("/{id:guid}/follow-ups", FollowUps).WithName("ListFollowUps").WithSummary("When to write again, and what is planned")
            .WithDescription("The clock and the quiet hours that hold for this texter, and every follow-up of the conversation, the newest first.");
        conversations.MapGet("/{id:guid}/risk", Risk).WithName("GetRisk").WithSummary("How much danger, and why")
            .WithDescription("The level, the words that triage saw and the rules that spoke, and who changed it when. Not a clinical instrument.");
        conversations.MapGet("/{id:guid}/summary", Summary).WithName("GetSummary").WithSummary("What it is about, for whoever takes it over")
            .WithDescription("The texter's own most telling sentences, chosen without any model and never rewritten.");
        conversations.MapPut("/{id:guid}/risk", SetRisk).WithName("SetRisk").WithSummary("Say how much danger there is")
            .WithDescription("By the responder who holds it, or a supervisor, with a reason. The only way in which a level is lowered.");
        conversations.MapGet("/{id:guid}/timeline", Timeline).WithName("GetTimeline").WithSummary("Who did what when")
            .WithDescription("Every transition and every step of an escalation, in order.");
        conversations.MapPost("/{id:guid}/close", Close).WithName("CloseConversation").WithSummary("End it")
            .WithDescription("From active, wrap_up or follow_up_active, by the responder who holds it. The texter's next message opens a new conversation. With "
                + "`seenSequence` nothing is closed when the texter has written since: 409 `conversation.texter_wrote`.");
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
        TypedResults.Ok(await mediator.Send(new CloseConversation(id, body?.Reason, body?.SeenSequence), cancellationToken));

    private static async Task<Ok<ConversationView>> Transfer(Guid id, TransferBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new TransferConversation(id, body.ToResponderId, body.Note), cancellationToken));

    private static async Task<Ok<ConversationView>> Accept(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new AcceptTransfer(id), cancellationToken));

    private static async Task<Ok<ConversationView>> Decline(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new DeclineTransfer(id), cancellationToken));

    private static async Task<Ok<ConversationView>> Cancel(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CancelTransfer(id), cancellationToken));

    private static async Task<Ok<ConversationView>> Return(Guid id, ReturnBody? body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ReturnToQueue(id, body?.ProgramId, body?.Note), cancellationToken));

    private static async Task<Ok<TransferTargets>> Targets(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListTransferTargets(id), cancellationToken));

    private static async Task<Ok<EscalatedConversation>> Escalate(Guid id, EscalateBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new Escalate(id, body.Type, body.Urgency, body.Location, body.LocationSource, body.Reason), cancellationToken));

    private static async Task<Ok<ConversationView>> Resolve(Guid id, ResolveBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ResolveEscalation(id, body.Outcome, body.Note), cancellationToken));

    private static async Task<Ok<ConversationView>> WrapUp(Guid id, ReportBody? body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new BeginWrapUp(id, body?.DraftIfAny()), cancellationToken));

    private static async Task<Ok<ReportView>> Report(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetReport(id), cancellationToken));

    private static async Task<Ok<ReportView>> FileReport(Guid id, ReportBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new FileReport(id, body.Draft()), cancellationToken));

    private static async Task<Ok<ConversationView>> FollowUp(Guid id, FollowUpBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ScheduleFollowUp(id, body.ScheduledFor, body.Message, body.Agreed), cancellationToken));

    private static async Task<Ok<FollowUpsView>> FollowUps(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListFollowUps(id), cancellationToken));

    private static async Task<Ok<TimelineView>> Timeline(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetTimeline(id), cancellationToken));

    private static async Task<Ok<RiskView>> Risk(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetRisk(id), cancellationToken));

    private static async Task<Ok<SummaryView>> Summary(Guid id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new GetSummary(id), cancellationToken));

    private static async Task<Ok<RiskView>> SetRisk(Guid id, RiskBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SetRisk(id, body.Level, body.Reason), cancellationToken));

    private static async Task<Ok<ConversationView>> Tags(Guid id, TagsBody body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new SetTags(id, body.Tags), cancellationToken));
}

/// <param name="Content">1 to 1,600 characters of text, or a note of up to 16,000.</param>
/// <param name="ClientMessageId">The sender's own id for this message: repeating it answers the message that was sent.</param>
/// <param name="Kind">text (the default) or note.</param>
internal sealed record MessageBody(string Content, string? ClientMessageId, string? Kind);

/// <param name="SeenSequence">The newest message that the responder has before them.</param>
internal sealed record CloseBody(string? Reason, long? SeenSequence);

/// <param name="ToResponderId">Absent: to whoever of the program accepts first.</param>
/// <param name="Note">What whoever takes over needs to know. It is kept as a note of the conversation.</param>
internal sealed record TransferBody(Guid? ToResponderId, string Note);

/// <param name="ProgramId">Another program's queue; absent: its own.</param>
/// <param name="Note">Why; a responder has to say it.</param>
internal sealed record ReturnBody(Guid? ProgramId, string? Note);

/// <param name="Type">medical or police.</param>
/// <param name="Urgency">low, moderate, medium, high, urgent, critical, imminent, immediate or emergency.</param>
/// <param name="Location">Where the texter is, as far as it is known.</param>
/// <param name="LocationSource">How it is known: texter_said, known_before, partner, provider or other.</param>
internal sealed record EscalateBody(string Type, string Urgency, string? Location, string? LocationSource, string? Reason);

/// <param name="Outcome">How it ended, in a few words.</param>
internal sealed record ResolveBody(string Outcome, string? Note);

/// <param name="Outcome">One of the program's outcomes, where it has any.</param>
/// <param name="Tags">What it was about; absent: as they are.</param>
/// <param name="NextStep">What was agreed on.</param>
/// <param name="Fields">Answers to the program's own fields, by the fields' ids.</param>
internal sealed record ReportBody(
    string? Outcome, IReadOnlyList<string>? Tags, string? Note, string? NextStep, IReadOnlyDictionary<string, string>? Fields)
{
    // A method, because a property would be part of the contract.
    public ReportDraft Draft() => new(Outcome, Tags, Note, NextStep, Fields);

    /// <summary>Null where nothing is said: nothing has been filed then.</summary>
    public ReportDraft? DraftIfAny() => Outcome is null && Tags is null && Note is null && NextStep is null && Fields is null ? null : Draft();
}

/// <param name="ScheduledFor">When, within a year.</param>
/// <param name="Message">What the texter will read.</param>
/// <param name="Agreed">Whether the texter has agreed to it; absent: not said.</param>
internal sealed record FollowUpBody(DateTimeOffset ScheduledFor, string Message, bool? Agreed);

/// <param name="Level">none, low, moderate, high or imminent.</param>
internal sealed record RiskBody(string Level, string Reason);

internal sealed record TagsBody(IReadOnlyList<string> Tags);
