using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Escalations;

/// <summary>
/// Help has come, or is not needed any more: the responder says how it ended and goes on with the texter. A supervisor does so only
/// where the responder is gone, so that somebody else can take over, or where the texter has stopped messages: the case outlives the
/// conversation.
/// </summary>
[Requires(Permission.AttendEscalations)]
public sealed record ResolveEscalation(Guid ConversationId, string Outcome, string? Note) : ICommand<ConversationView>, IOnce;

internal sealed class ResolveEscalationValidator : AbstractValidator<ResolveEscalation>
{
    public ResolveEscalationValidator()
    {
        RuleFor(command => command.Outcome).NotEmpty().MustBeALine(200);
        RuleFor(command => command.Note).MustBeAText(EscalationRules.LongestText);
    }
}

internal sealed class ResolveEscalationHandler(
    IConversationRepository conversations, IEscalationRepository escalations, INotifier notifier, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<ResolveEscalation, ConversationView>
{
    public async Task<ConversationView> Handle(ResolveEscalation command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        var holds = caller.May(Permission.HoldConversations);
        if (!holds && conversation.IsOpen && !conversation.Unattended)
        {
            throw new ForbiddenException();
        }

        // The lifecycle speaks first: what is not escalated is told so.
        var now = clock.GetUtcNow();
        var escalation = await escalations.FindOpenAsync(conversation.Id, cancellationToken);
        conversation.ResolveEscalation(escalation?.Id, caller.UserId, onBehalf: !holds, now);
        escalation!.Resolve(caller.UserId, command.Outcome, command.Note.Trimmed(), now);
        await escalations.SaveAsync(escalation, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        await notifier.TellSupervisorsAsync(NotificationKind.EscalationResolved, conversation.Id, escalation.Id.Value, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
