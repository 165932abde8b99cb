using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder cannot take over a texter who was offered to them: the conversation goes on with whoever offered it.</summary>
[Requires(Permission.HoldConversations)]
public sealed record DeclineTransfer(Guid ConversationId) : ICommand<ConversationView>, IOnce;

internal sealed class DeclineTransferHandler(IConversationRepository conversations, INotifier notifier, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<DeclineTransfer, ConversationView>
{
    public async Task<ConversationView> Handle(DeclineTransfer command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        conversation.DeclineTransfer(caller.UserId, clock.GetUtcNow());
        await conversations.SaveAsync(conversation, cancellationToken);
        await notifier.TellAsync(NotificationKind.TransferDeclined, conversation.ResponderId!.Value, conversation.Id, caller.UserId.Value, cancellationToken);
        return await views.ShowLeftAsync(conversation.Id, cancellationToken);
    }
}
