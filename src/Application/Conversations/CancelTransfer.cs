using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder takes back an offer that nobody has accepted.</summary>
[Requires(Permission.HoldConversations)]
public sealed record CancelTransfer(Guid ConversationId) : ICommand<ConversationView>, IOnce;

internal sealed class CancelTransferHandler(IConversationRepository conversations, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<CancelTransfer, ConversationView>
{
    public async Task<ConversationView> Handle(CancelTransfer command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        conversation.CancelTransfer(caller.UserId, clock.GetUtcNow());
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
