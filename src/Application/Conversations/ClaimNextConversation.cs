using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Presences;
using Chat.Domain.Common;
using Chat.Domain.Users;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder takes whoever waits first in their programs; null when nobody waits.</summary>
[Requires(Permission.TakeConversations)]
public sealed record ClaimNextConversation(Guid? ProgramId) : ICommand<ConversationView?>, IOnce;

internal sealed class ClaimNextConversationHandler(
    IConversationRepository conversations, IPresences presences, Attendance attendance, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<ClaimNextConversation, ConversationView?>
{
    public async Task<ConversationView?> Handle(ClaimNextConversation command, CancellationToken cancellationToken)
    {
        Capacity.Require(await conversations.FreePlacesAsync(caller.UserId, cancellationToken));
        var now = clock.GetUtcNow();
        await Readiness.RequireAsync(presences, attendance, caller.UserId, now, cancellationToken);
        var program = command.ProgramId is { } id ? new ProgramId(id) : (ProgramId?)null;
        if (await conversations.NextWaitingAsync(caller.UserId, program, cancellationToken) is not { } conversation)
        {
            return null;
        }

        conversation.Assign(caller.UserId, caller.UserId, now);
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}

/// <summary>The one place where a responder's capacity is held. The responder's row is locked first, then the conversation's: one order, no deadlock.</summary>
internal static class Capacity
{
    public static void Require(int freePlaces)
    {
        if (freePlaces <= 0)
        {
            throw new RefusedException("responder.at_capacity", "You hold as many conversations as you may. Close one first.");
        }
    }
}

/// <summary>Who has said that they are away takes nobody; who has said nothing says with their taking that they are there.</summary>
internal static class Readiness
{
    public static async Task RequireAsync(
        IPresences presences, Attendance attendance, UserId responder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var presence = await presences.GetForChangeAsync(responder, cancellationToken);
        if (!presence.MayTake)
        {
            throw new RefusedException("responder.not_available", "You are not available. Say that you are, and take them then.");
        }

        await attendance.ArriveAsync(presence, PresenceStatus.Available, now, cancellationToken);
    }
}
