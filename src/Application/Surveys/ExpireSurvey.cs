using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using MediatR;

namespace Chat.Application.Surveys;

/// <summary>A survey's question has waited long enough: nothing more is asked, and what the texter writes from now on is a message.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record ExpireSurvey(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class ExpireSurveyHandler(IConversationRepository conversations, SurveyHearing hearing, IDueJobs jobs, TimeProvider clock)
    : IRequestHandler<ExpireSurvey, Done>
{
    private static readonly TimeSpan AfterTheAnswer = TimeSpan.FromMinutes(1);

    public async Task<Done> Handle(ExpireSurvey request, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        if (!await jobs.BeginAsync(JobKind.Survey, conversation.Id.Value, cancellationToken) || conversation.SurveyRunning is null)
        {
            return default;
        }

        var now = clock.GetUtcNow();
        if (conversation.CalledAt is not null)
        {
            // Something came in time and is about to be taken up.
            await jobs.ScheduleAsync(JobKind.Survey, conversation.Id.Value, now + AfterTheAnswer, cancellationToken);
            return default;
        }

        await hearing.EndAsync(conversation, SurveyOutcome.Expired, now, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return default;
    }
}
