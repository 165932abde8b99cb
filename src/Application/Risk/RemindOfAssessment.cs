using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Risk;

/// <summary>Risk was voiced a while ago and nobody has recorded what they make of it: the responder is reminded, once.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record RemindOfAssessment(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class RemindOfAssessmentHandler(IConversationRepository conversations, IRiskFile file, IDueJobs jobs, INotifier notifier, TimeProvider clock)
    : IRequestHandler<RemindOfAssessment, Done>
{
    private static readonly TimeSpan Back = TimeSpan.FromMinutes(10);

    public async Task<Done> Handle(RemindOfAssessment request, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        if (!await jobs.BeginAsync(JobKind.Assessment, conversation.Id.Value, cancellationToken) || !conversation.IsOpen)
        {
            return default;
        }

        var now = clock.GetUtcNow();
        if (conversation.ResponderId is not { } responder)
        {
            // Who waits is not assessed yet; the time begins when somebody has taken them.
            await jobs.ScheduleAsync(JobKind.Assessment, conversation.Id.Value, now + Back, cancellationToken);
        }
        else if (!await file.WasAssessedSinceAsync(conversation.Id, conversation.CreatedAt, cancellationToken))
        {
            await notifier.TellAsync(NotificationKind.AssessmentMissing, responder, conversation.Id, null, cancellationToken);
        }

        return default;
    }
}
