using Chat.Application.Messages;
using Chat.Domain.Common;

namespace Chat.Application.Ports;

/// <summary>Shows a message to the caller, inside the transaction that has just written it.</summary>
public interface IMessageViews
{
    Task<MessageView> ShowAsync(ConversationId conversation, long sequence, CancellationToken cancellationToken);
}
