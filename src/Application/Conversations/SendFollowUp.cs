using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A follow-up is due: what was agreed on is sent, once.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record SendFollowUp(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class SendFollowUpHandler(
    IConversationRepository conversations, IMessageRepository messages, IFollowUps followUps, IDueJobs jobs, TimeProvider clock)
    : IRequestHandler<SendFollowUp, Done>
{
    public async Task<Done> Handle(SendFollowUp request, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        if (!await jobs.BeginAsync(JobKind.FollowUp, conversation.Id.Value, cancellationToken)
            || conversation.State != ConversationState.FollowUpScheduled
            || conversation.CalledAt is not null
            || await followUps.ScheduledAsync(conversation.Id, cancellationToken) is not { } followUp)
        {
            return default;
        }

        var now = clock.GetUtcNow();
        var message = conversation.TriggerFollowUp(followUp.Id, new MessageId(Guid.CreateVersion7(now)), followUp.Message, now);
        await messages.AddAsync(message, conversation.ChannelId, cancellationToken);
        await followUps.MarkSentAsync(followUp, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return default;
    }
}
