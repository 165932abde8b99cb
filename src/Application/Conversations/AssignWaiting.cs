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
    private static readonly TimeSpan InAMoment = TimeSpan.FromSeconds(1);

    public async Task<Done> Handle(AssignWaiting request, CancellationToken cancellationToken)
    {
        // The job first: whoever comes, or begins to wait, while we look puts it down again and is seen by the next look.
        var program = await programs.GetAsync(request.ProgramId, cancellationToken);
        if (!await jobs.BeginAsync(JobKind.Assign, program.Id.Value, cancellationToken) || program.Settings.Assignment != Assignment.Push)
        {
            return default;
        }

        var now = clock.GetUtcNow();
        if (await presences.NextWithRoomAsync(program.Id, cancellationToken) is not { } responder
            || await conversations.NextWaitingAsync(responder, program.Id, cancellationToken) is not { } conversation)
        {
            // Somebody who is just being given or taken elsewhere was passed over: they may still be there in a moment.
            if (await presences.AnyWithRoomAsync(program.Id, cancellationToken) && await conversations.AnyWaitingAsync(program.Id, cancellationToken))
            {
                await jobs.ScheduleAsync(JobKind.Assign, program.Id.Value, now + InAMoment, cancellationToken);
            }

            return default;
        }

        // One at a time, each in a transaction of its own: the job stays due until there is nobody left to give or to take.
        conversation.Assign(responder, null, now);
        await conversations.SaveAsync(conversation, cancellationToken);
        await notifier.TellAsync(NotificationKind.Assigned, responder, conversation.Id, null, cancellationToken);
        await jobs.ScheduleAsync(JobKind.Assign, program.Id.Value, now, cancellationToken);
        return default;
    }
}
