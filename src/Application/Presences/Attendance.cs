using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Users;

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

    /// <summary>Somebody is there, says so or shows it. Whoever counted as gone has what they had left again.</summary>
    /// <param name="before">As it was, read for change.</param>
    /// <param name="status">What they say; null where they only show that they are there.</param>
    public async Task ArriveAsync(Presence before, PresenceStatus? status, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await presences.DeclareAsync(before.UserId, status, now, cancellationToken);
        if (before.LapsedAt is not null)
        {
            await TakeUpAgainAsync(before.UserId, now, cancellationToken);
        }
    }

    private async Task TakeUpAgainAsync(UserId user, DateTimeOffset now, CancellationToken cancellationToken)
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
