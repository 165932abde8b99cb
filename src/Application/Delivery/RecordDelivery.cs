using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Delivery;

/// <summary>A provider reports how far a message has come. What it reports early waits until the message's id is known.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record RecordDelivery(ChannelAccount Account, WebhookReading.DeliveryChanged Changed) : IUseCase<Done>, IForAffiliate
{
    public AffiliateId Affiliate => Account.AffiliateId;
}

internal sealed class RecordDeliveryHandler(
    IConversationRepository conversations, IMessageRepository messages, ITexterRepository texters, IDeliveryReceipts receipts,
    DeliveryProgress progress, TimeProvider clock)
    : IRequestHandler<RecordDelivery, Done>
{
    public async Task<Done> Handle(RecordDelivery request, CancellationToken cancellationToken)
    {
        var (channel, changed) = (request.Account.ChannelId, request.Changed);
        if (await receipts.ReportAsync(channel, changed.ProviderMessageId, changed.Status, changed.ErrorCode, changed.TexterStopped, cancellationToken) is not { } receipt)
        {
            return default;
        }

        var now = clock.GetUtcNow();
        var conversation = await conversations.GetForSystemAsync(receipt.ConversationId, cancellationToken);
        var message = await messages.GetAsync(conversation.Id, receipt.Sequence, cancellationToken);
        if (changed.TexterStopped)
        {
            await texters.StopAsync(conversation.TexterId, channel, "provider", cancellationToken);
        }

        await progress.SaveAsync(conversation, message, message.Become(changed.Status, changed.ErrorCode, now), now, cancellationToken);
        return default;
    }
}
