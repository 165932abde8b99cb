using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Messages;
using MediatR;

namespace Chat.Application.Delivery;

/// <summary>Records what a provider made of a message that was handed to it, and when to try again if it was not to be had.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record RecordSend(AffiliateId Affiliate, ConversationId ConversationId, long Sequence, int Attempt, SendResult Result) : IUseCase<Done>, IForAffiliate;

internal sealed class RecordSendHandler(
    IConversationRepository conversations, IMessageRepository messages, ITexterRepository texters, IDeliveryReceipts receipts, IDeliveries deliveries,
    DeliveryProgress progress, TimeProvider clock)
    : IRequestHandler<RecordSend, Done>
{
    public async Task<Done> Handle(RecordSend request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        var message = await messages.GetAsync(conversation.Id, request.Sequence, cancellationToken);
        var isNews = false;
        switch (request.Result)
        {
            case SendResult.Accepted accepted:
                message.Accepted(accepted.ProviderMessageId, now);
                isNews = true;
                var receipt = await receipts.LinkAsync(conversation.ChannelId, accepted.ProviderMessageId, conversation.Id, message.Sequence, cancellationToken);
                if (receipt.Status is { } saidBefore)
                {
                    message.Become(saidBefore, receipt.ErrorCode, now);
                }

                if (receipt.TexterStopped)
                {
                    await texters.StopAsync(conversation.TexterId, conversation.ChannelId, "provider", cancellationToken);
                }

                break;
            case SendResult.Refused refused:
                isNews = message.Become(MessageStatus.Failed, refused.Code, now);
                if (refused.TexterStopped)
                {
                    await texters.StopAsync(conversation.TexterId, conversation.ChannelId, "provider", cancellationToken);
                }

                break;
            case SendResult.Unavailable unavailable when RetrySchedule.After(request.Attempt) is { } wait:
                await deliveries.TryAgainAsync(message.Id, now + (unavailable.RetryAfter is { } asked && asked > wait ? asked : wait), cancellationToken);
                return default;
            case SendResult.Unavailable unavailable:
                isNews = message.Become(MessageStatus.Failed, unavailable.Code, now);
                break;
        }

        await deliveries.DoneAsync(message.Id, cancellationToken);
        await progress.SaveAsync(conversation, message, isNews, now, cancellationToken);
        return default;
    }
}

/// <summary>When a message is offered to its provider again. After about a quarter of an hour the responder is told that it failed: they are still there to act.</summary>
public static class RetrySchedule
{
    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(8)];

    /// <param name="attempt">How often it was tried, from 1.</param>
    public static TimeSpan? After(int attempt) => attempt <= Waits.Length ? Waits[attempt - 1] * (0.9 + (0.2 * Random.Shared.NextDouble())) : null;
}
