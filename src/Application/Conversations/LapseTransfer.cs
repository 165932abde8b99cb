using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>Nobody has answered the offer of a transfer: the conversation goes on with whoever offered it.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record LapseTransfer(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class LapseTransferHandler(IConversationRepository conversations, IDueJobs jobs, INotifier notifier, TimeProvider clock)
    : IRequestHandler<LapseTransfer, Done>
{
    public async Task<Done> Handle(LapseTransfer request, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        if (!await jobs.BeginAsync(JobKind.Transfer, conversation.Id.Value, cancellationToken) || conversation.State != ConversationState.Transferred)
        {
            return default;
        }

        conversation.DeclineTransfer(null, clock.GetUtcNow());
        await conversations.SaveAsync(conversation, cancellationToken);
        await notifier.TellAsync(NotificationKind.TransferDeclined, conversation.ResponderId!.Value, conversation.Id, null, cancellationToken);
        return default;
    }
}
