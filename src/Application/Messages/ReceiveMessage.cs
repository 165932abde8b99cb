using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Messages;
using MediatR;

namespace Chat.Application.Messages;

/// <summary>A texter's message has come in and its sender is proven: it finds its conversation, or opens one.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record ReceiveMessage(ChannelAccount Account, WebhookReading.MessageArrived Arrived) : IUseCase<InboundOutcome>;

internal sealed class ReceiveMessageHandler(IInboundWriter inbound) : IRequestHandler<ReceiveMessage, InboundOutcome>
{
    public Task<InboundOutcome> Handle(ReceiveMessage message, CancellationToken cancellationToken)
    {
        var (account, arrived) = (message.Account, message.Arrived);
        var text = MessageText.Clean(arrived.Text);
        return inbound.WriteAsync(
            new InboundMessage(account, arrived.ExternalId, arrived.ProviderMessageId, text, arrived.AttachmentTypes, account.Routes.Match(text), arrived.Stops),
            cancellationToken);
    }
}
