using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Messages;
using FluentValidation;
using MediatR;

namespace Chat.Application.Messages;

/// <summary>Staff write a note that the texter never sees: the responder for the record, a supervisor as a whisper.</summary>
[Requires(Permission.WriteNotes)]
public sealed record AddNote(Guid ConversationId, string Content, string? ClientMessageId) : ICommand<MessageView>, IOnce
{
    public const int Longest = 16_000;
}

internal sealed class AddNoteValidator : AbstractValidator<AddNote>
{
    public AddNoteValidator()
    {
        RuleFor(command => command.Content).Must(MessageText.IsSaid).WithMessage("Write something.").MaximumLength(AddNote.Longest);
        RuleFor(command => command.ClientMessageId).MaximumLength(100);
    }
}

internal sealed class AddNoteHandler(
    IConversationRepository conversations, IMessageRepository messages, IMessageViews views, INotifier notifier, ICaller caller, TimeProvider clock)
    : IRequestHandler<AddNote, MessageView>
{
    public async Task<MessageView> Handle(AddNote command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        if (caller.May(Permission.HoldConversations))
        {
            conversation.RequireHeldBy(caller.UserId);
        }

        if (command.ClientMessageId is { } clientId && await messages.FindByClientIdAsync(conversation.Id, caller.UserId, clientId, cancellationToken) is { } addedBefore)
        {
            addedBefore.RequireSame(MessageKind.Note, MessageText.Clean(command.Content));
            return await views.ShowAsync(conversation.Id, addedBefore.Sequence, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var note = conversation.AddNote(new MessageId(Guid.CreateVersion7(now)), caller.UserId, MessageText.Clean(command.Content), command.ClientMessageId, now);
        await messages.AddAsync(note, conversation.ChannelId, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        if (conversation.ResponderId is { } responder && responder != caller.UserId)
        {
            await notifier.TellAsync(NotificationKind.Whisper, responder, conversation.Id, caller.UserId.Value, cancellationToken);
        }

        return await views.ShowAsync(conversation.Id, note.Sequence, cancellationToken);
    }
}
