using Chat.Application.Common;

namespace Chat.Application.Conversations;

/// <summary>To whom a conversation can be handed: the responders of its program, those who are there and have room first.</summary>
[Requires(Permission.HoldConversations)]
public sealed record ListTransferTargets(Guid ConversationId) : IQuery<TransferTargets>;

public sealed record TransferTargets(IReadOnlyList<TransferTarget> Items);

/// <param name="FreePlaces">How many more conversations they may take.</param>
public sealed record TransferTarget(Guid UserId, string Name, string Presence, int FreePlaces);
