using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Messages;
using MediatR;

namespace Chat.Application.Delivery;

/// <summary>A message could not even be handed to its provider: it is tried again later, or the responder is told that it failed.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record SetDeliveryBack(AffiliateId Affiliate, ConversationId ConversationId, long Sequence, int Attempt, bool ForGood) : IUseCase<Done>, IForAffiliate;

internal sealed class SetDeliveryBackHandler(
    IConversationRepository conversations, IMessageRepository messages, IDeliveries deliveries, DeliveryProgress progress, TimeProvider clock)
    : IRequestHandler<SetDeliveryBack, Done>
{
    public async Task<Done> Handle(SetDeliveryBack request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        var message = await messages.GetWithoutContentAsync(conversation.Id, request.Sequence, cancellationToken);
        if (!request.ForGood && RetrySchedule.After(request.Attempt) is { } wait)
        {
            await deliveries.TryAgainAsync(message.Id, now + wait, cancellationToken);
            return default;
        }

        await deliveries.DoneAsync(message.Id, cancellationToken);
        await progress.SaveAsync(conversation, message, message.Become(MessageStatus.Failed, "delivery.impossible", now), now, cancellationToken);
        return default;
    }
}
