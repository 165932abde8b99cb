using Chat.Application.Common;

namespace Chat.Application.Conversations;

/// <summary>One conversation, where the caller may see it.</summary>
[Requires(Permission.ReadConversations)]
public sealed record GetConversation(Guid ConversationId) : IQuery<ConversationView>;
