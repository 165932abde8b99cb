using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A follow-up is due: what was agreed on is sent, once. Where no answer comes to it in the time set for that, the conversation is over.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record SendFollowUp(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class SendFollowUpHandler(
    IConversationRepository conversations, IMessageRepository messages, IFollowUps followUps, IDueJobs jobs, WritingHours writing,
    TimeProvider clock)
    : IRequestHandler<SendFollowUp, Done>
{
    public async Task<Done> Handle(SendFollowUp request, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        if (conversation.CalledAt is not null)
        {
            // What the texter has just written decides first. The job is still there, and is looked at again.
            return default;
        }

        if (!await jobs.BeginAsync(JobKind.FollowUp, conversation.Id.Value, cancellationToken))
        {
            return default;
        }

        var now = clock.GetUtcNow();
        if (conversation.State == ConversationState.FollowUpActive)
        {
            conversation.CloseUnanswered(now);
            await conversations.SaveAsync(conversation, cancellationToken);
            return default;
        }

        if (conversation.State != ConversationState.FollowUpScheduled || await followUps.ScheduledAsync(conversation.Id, cancellationToken) is not { } followUp)
        {
            return default;
        }

        // What comes late, after an outage, is still not sent into the texter's night.
        if (await writing.NotBeforeAsync(conversation, now, cancellationToken) is var earliest && earliest > now)
        {
            await jobs.ScheduleAsync(JobKind.FollowUp, conversation.Id.Value, earliest, cancellationToken);
            return default;
        }

        var message = conversation.TriggerFollowUp(followUp.Id, new MessageId(Guid.CreateVersion7(now)), followUp.Message, now);
        await messages.AddAsync(message, conversation.ChannelId, cancellationToken);
        await followUps.MarkSentAsync(followUp, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return default;
    }
}
