using Chat.Application.Common;

namespace Chat.Application.Conversations;

/// <summary>
/// To whom a conversation can be handed: the responders of its program, those who are there and have room first, and the other programs to
/// whose queue it can be given.
/// </summary>
[Requires(Permission.HoldConversations)]
public sealed record ListTransferTargets(Guid ConversationId) : IQuery<TransferTargets>;

public sealed record TransferTargets(IReadOnlyList<TransferTarget> Items, IReadOnlyList<TransferProgram> Programs);

public sealed record TransferProgram(Guid ProgramId, string Name);

/// <param name="FreePlaces">How many more conversations they may take.</param>
public sealed record TransferTarget(Guid UserId, string Name, string Presence, int FreePlaces);
