using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>
/// A conversation that waits cannot be looked after, however often it was tried: it ends as failed, supervisors are told, and the
/// texter's next message begins a new one instead of falling into the broken one.
/// </summary>
[Requires(Permission.RunTheSystem)]
public sealed record FailConversation(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class FailConversationHandler(IConversationRepository conversations, IDueJobs jobs, INotifier notifier, TimeProvider clock)
    : IRequestHandler<FailConversation, Done>
{
    public async Task<Done> Handle(FailConversation request, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        if (!ConversationLifecycle.From(conversation.State).Any(row => row.When == ConversationTransition.Fail))
        {
            await jobs.CancelAsync(JobKind.Queue, conversation.Id.Value, cancellationToken);
            return default;
        }

        conversation.Fail(clock.GetUtcNow());
        await conversations.SaveAsync(conversation, cancellationToken);
        await notifier.TellSupervisorsAsync(NotificationKind.ConversationFailed, conversation.Id, null, cancellationToken);
        return default;
    }
}
