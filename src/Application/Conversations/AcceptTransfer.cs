using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Presences;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder takes over a texter who was offered to them. Of several who could, one does.</summary>
[Requires(Permission.TakeConversations)]
public sealed record AcceptTransfer(Guid ConversationId) : ICommand<ConversationView>, IOnce;

internal sealed class AcceptTransferHandler(
    IConversationRepository conversations, IPresences presences, Attendance attendance, INotifier notifier, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<AcceptTransfer, ConversationView>
{
    public async Task<ConversationView> Handle(AcceptTransfer command, CancellationToken cancellationToken)
    {
        var places = await conversations.FreePlacesAsync(caller.UserId, cancellationToken);
        var conversation = await conversations.GetForClaimAsync(new(command.ConversationId), cancellationToken);
        var (previous, now) = (conversation.ResponderId, clock.GetUtcNow());
        conversation.AcceptTransfer(caller.UserId, now);
        Capacity.Require(places);
        await attendance.ArriveAsync(await presences.GetForChangeAsync(caller.UserId, cancellationToken), null, now, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        if (previous is { } sender)
        {
            await notifier.TellAsync(NotificationKind.TransferAccepted, sender, conversation.Id, caller.UserId.Value, cancellationToken);
        }

        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
