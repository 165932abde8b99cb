using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Presences;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder takes a particular texter from the queue.</summary>
[Requires(Permission.TakeConversations)]
public sealed record ClaimConversation(Guid ConversationId) : ICommand<ConversationView>, IOnce;

internal sealed class ClaimConversationHandler(
    IConversationRepository conversations, IPresences presences, Attendance attendance, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<ClaimConversation, ConversationView>
{
    public async Task<ConversationView> Handle(ClaimConversation command, CancellationToken cancellationToken)
    {
        var places = await conversations.FreePlacesAsync(caller.UserId, cancellationToken);
        var conversation = await conversations.GetForClaimAsync(new(command.ConversationId), cancellationToken);
        if (conversation.ResponderId == caller.UserId && conversation.State == Domain.Conversations.ConversationState.Assigned)
        {
            return await views.ShowAsync(conversation.Id, cancellationToken);
        }

        var now = clock.GetUtcNow();
        conversation.Assign(caller.UserId, caller.UserId, now);
        Capacity.Require(places);
        await Readiness.RequireAsync(presences, attendance, caller.UserId, now, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
