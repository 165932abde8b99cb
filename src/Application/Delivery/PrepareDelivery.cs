using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Messages;
using MediatR;

namespace Chat.Application.Delivery;

/// <summary>Looks up what is needed to hand a message to its provider; null when there is nothing left to do.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record PrepareDelivery(AffiliateId Affiliate, ConversationId ConversationId, long Sequence) : IUseCase<PreparedDelivery?>, IForAffiliate;

public sealed record PreparedDelivery(ChannelAccount Account, string To, string Text);

internal sealed class PrepareDeliveryHandler(
    IConversationRepository conversations, IMessageRepository messages, ITexterRepository texters, IChannelDirectory channels, IDeliveries deliveries,
    DeliveryProgress progress, TimeProvider clock)
    : IRequestHandler<PrepareDelivery, PreparedDelivery?>
{
    public async Task<PreparedDelivery?> Handle(PrepareDelivery request, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        var message = await messages.GetAsync(conversation.Id, request.Sequence, cancellationToken);
        if (message.Status != MessageStatus.Queued)
        {
            await deliveries.DoneAsync(message.Id, cancellationToken);
            return null;
        }

        var account = await channels.FindAsync(request.Affiliate, conversation.ChannelId, cancellationToken) ?? throw new NotFoundException("The channel");

        // The confirmation of a stop carries the stop's own time; what is older or newer was not to go out any more.
        if (message.Direction == MessageDirection.System
            && await texters.StoppedAtAsync(conversation.TexterId, conversation.ChannelId, cancellationToken) is { } stopped && stopped != message.CreatedAt)
        {
            var now = clock.GetUtcNow();
            await deliveries.DoneAsync(message.Id, cancellationToken);
            await progress.SaveAsync(conversation, message, message.Become(MessageStatus.Failed, "texter.stopped", now), now, cancellationToken);
            return null;
        }

        return new PreparedDelivery(account, await texters.AddressAsync(conversation.Id, conversation.TexterId, account.Provider, cancellationToken), message.Content);
    }
}
