using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder begins to work on a conversation that they have taken.</summary>
[Requires(Permission.HoldConversations)]
public sealed record StartConversation(Guid ConversationId) : ICommand<ConversationView>, IOnce;

internal sealed class StartConversationHandler(IConversationRepository conversations, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<StartConversation, ConversationView>
{
    public async Task<ConversationView> Handle(StartConversation command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        conversation.Start(caller.UserId, clock.GetUtcNow());
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
