using Chat.Application.Common;
using Chat.Application.Messages;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Messages;
using FluentValidation;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder offers a texter to a colleague, or to whoever of the program takes them first, with a note on what has been said.</summary>
[Requires(Permission.HoldConversations)]
public sealed record TransferConversation(Guid ConversationId, Guid? ToResponderId, string Note) : ICommand<ConversationView>, IOnce;

internal sealed class TransferConversationValidator : AbstractValidator<TransferConversation>
{
    public TransferConversationValidator() =>
        RuleFor(command => command.Note).Must(MessageText.IsSaid).WithMessage("Tell your colleague what they need to know.").MaximumLength(AddNote.Longest);
}

internal sealed class TransferConversationHandler(
    IConversationRepository conversations, IMessageRepository messages, IPresences presences, IProgramFacts programs, INotifier notifier,
    IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<TransferConversation, ConversationView>
{
    public async Task<ConversationView> Handle(TransferConversation command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        var to = command.ToResponderId is { } named ? new UserId(named) : (UserId?)null;
        if (to is { } colleague && !await presences.AnswersInAsync(colleague, conversation.ProgramId, cancellationToken))
        {
            throw new NotFoundException("A responder of this program with that id");
        }

        var now = clock.GetUtcNow();
        var note = conversation.AddNote(new MessageId(Guid.CreateVersion7(now)), caller.UserId, MessageText.Clean(command.Note), null, now);
        var settings = (await programs.GetAsync(conversation.ProgramId, cancellationToken)).Settings;
        conversation.OfferTransfer(caller.UserId, to, note.Sequence, now + settings.TransferTimeout, now);
        await messages.AddAsync(note, conversation.ChannelId, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        if (to is { } receiver)
        {
            await notifier.TellAsync(NotificationKind.TransferOffered, receiver, conversation.Id, caller.UserId.Value, cancellationToken);
        }
        else
        {
            await notifier.TellAvailableAsync(NotificationKind.TransferOffered, conversation.ProgramId, conversation.Id, cancellationToken);
        }

        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
