using Chat.Application.Ports;
using Chat.Domain.Conversations;
using Chat.Domain.Messages;

namespace Chat.Application.Delivery;

/// <summary>Keeps how far a message has come, and tells of it where that is news.</summary>
internal sealed class DeliveryProgress(IConversationRepository conversations, IMessageRepository messages)
{
    public async Task SaveAsync(Conversation conversation, Message message, bool isNews, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (isNews)
        {
            conversation.Announce(message, now);
            await messages.SaveDeliveryAsync(message, cancellationToken);
            await conversations.SaveAsync(conversation, cancellationToken);
        }
    }
}
