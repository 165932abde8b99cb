using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Programs;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>In a program that gives out its conversations: whoever waits first goes to the available responder who holds the fewest.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record AssignWaiting(AffiliateId Affiliate, ProgramId ProgramId) : IUseCase<Done>, IForAffiliate;

internal sealed class AssignWaitingHandler(
    IConversationRepository conversations, IPresences presences, IProgramFacts programs, IDueJobs jobs, INotifier notifier, TimeProvider clock)
    : IRequestHandler<AssignWaiting, Done>
{
    public async Task<Done> Handle(AssignWaiting request, CancellationToken cancellationToken)
    {
        var program = await programs.GetAsync(request.ProgramId, cancellationToken);
        if (program.Settings.Assignment != Assignment.Push
            || await presences.NextWithRoomAsync(program.Id, cancellationToken) is not { } responder
            || await conversations.NextWaitingAsync(responder, program.Id, cancellationToken) is not { } conversation)
        {
            await jobs.BeginAsync(JobKind.Assign, program.Id.Value, cancellationToken);
            return default;
        }

        // One at a time, each in a transaction of its own: the job stays due until there is nobody left to give or to take.
        var now = clock.GetUtcNow();
        conversation.Assign(responder, null, now);
        await conversations.SaveAsync(conversation, cancellationToken);
        await notifier.TellAsync(NotificationKind.Assigned, responder, conversation.Id, null, cancellationToken);
        await jobs.ScheduleAsync(JobKind.Assign, program.Id.Value, now, cancellationToken);
        return default;
    }
}
