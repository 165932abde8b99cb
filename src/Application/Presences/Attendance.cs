using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;

namespace Chat.Application.Presences;

/// <summary>What becomes of somebody's conversations when they go, and when they come back.</summary>
internal sealed class Attendance(IConversationRepository conversations, IPresences presences, INotifier notifier)
{
    /// <summary>What they had only taken goes back to the head of the queue; what is under way waits for them, and supervisors are told.</summary>
    public async Task LeaveAsync(UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var underWay = false;
        foreach (var held in await presences.HeldAsync(user, cancellationToken))
        {
            var conversation = await conversations.GetForSystemAsync(held, cancellationToken);
            if (conversation.ResponderId != user || !ConversationLifecycle.Occupying.Contains(conversation.State))
            {
                continue;
            }

            if (conversation.State == ConversationState.Assigned)
            {
                conversation.ReturnToQueue(null, null, null, Reason.ResponderGone, now);
                await notifier.TellAsync(NotificationKind.Returned, user, conversation.Id, null, cancellationToken);
            }
            else
            {
                conversation.LeaveUnattended(now);
                underWay = true;
            }

            await conversations.SaveAsync(conversation, cancellationToken);
        }

        if (underWay)
        {
            await notifier.TellSupervisorsAsync(NotificationKind.ResponderGone, null, user.Value, cancellationToken);
        }
    }

    public async Task ComeBackAsync(UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var held in await presences.HeldAsync(user, cancellationToken))
        {
            var conversation = await conversations.GetForSystemAsync(held, cancellationToken);
            if (conversation.ResponderId == user && conversation.Unattended)
            {
                conversation.Attend(now);
                await conversations.SaveAsync(conversation, cancellationToken);
            }
        }
    }
}
