using Chat.Application.Common;
using Chat.Application.Messages;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Messages;
using FluentValidation;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder gives a texter back to the queue, or to another program's; a supervisor takes them back from a responder.</summary>
[Requires(Permission.ReturnConversations)]
public sealed record ReturnToQueue(Guid ConversationId, Guid? ProgramId, string? Note) : ICommand<ConversationView>, IOnce;

internal sealed class ReturnToQueueValidator : AbstractValidator<ReturnToQueue>
{
    public ReturnToQueueValidator() => RuleFor(command => command.Note).MaximumLength(AddNote.Longest);
}

internal sealed class ReturnToQueueHandler(
    IConversationRepository conversations, IMessageRepository messages, IProgramFacts programs, INotifier notifier, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<ReturnToQueue, ConversationView>
{
    public async Task<ConversationView> Handle(ReturnToQueue command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        var holder = conversation.ResponderId;
        if (caller.May(Permission.HoldConversations))
        {
            if (holder is not null)
            {
                conversation.RequireHeldBy(caller.UserId);
            }

            if (!MessageText.IsSaid(command.Note))
            {
                throw Rules.Invalid(nameof(command.Note), "Tell whoever takes them next what they need to know.");
            }
        }

        var to = command.ProgramId is { } named ? await programs.GetAsync(new(named), cancellationToken) : null;
        if (to is { IsActive: false })
        {
            throw new RefusedException("program.inactive", "This program takes nobody at present.");
        }

        var now = clock.GetUtcNow();
        var note = MessageText.IsSaid(command.Note)
            ? conversation.AddNote(new MessageId(Guid.CreateVersion7(now)), caller.UserId, MessageText.Clean(command.Note!), null, now)
            : null;
        conversation.ReturnToQueue(caller.UserId, to?.Id, note?.Sequence, null, now);
        if (note is not null)
        {
            await messages.AddAsync(note, conversation.ChannelId, cancellationToken);
        }

        await conversations.SaveAsync(conversation, cancellationToken);
        if (holder is { } responder && responder != caller.UserId)
        {
            await notifier.TellAsync(NotificationKind.Returned, responder, conversation.Id, caller.UserId.Value, cancellationToken);
        }

        return await views.ShowLeftAsync(conversation.Id, cancellationToken);
    }
}
