using Chat.Application.Conversations;
using Chat.Domain.Common;

namespace Chat.Application.Ports;

/// <summary>Shows a conversation to the caller, inside the transaction that has just changed it.</summary>
public interface IConversationViews
{
    /// <summary>Throws NotFound where the caller may not see it.</summary>
    Task<ConversationView> ShowAsync(ConversationId id, CancellationToken cancellationToken);

    /// <summary>Shows it to whoever has just let go of it, and may not see it any more.</summary>
    Task<ConversationView> ShowLeftAsync(ConversationId id, CancellationToken cancellationToken);
}
