using Chat.Application.Conversations;
using Chat.Domain.Common;

namespace Chat.Application.Ports;

/// <summary>Shows a conversation to the caller, inside the transaction that has just changed it.</summary>
public interface IConversationViews
{
    /// <summary>Throws NotFound where the caller may not see it.</summary>
    Task<ConversationView> ShowAsync(ConversationId id, CancellationToken cancellationToken);
}
