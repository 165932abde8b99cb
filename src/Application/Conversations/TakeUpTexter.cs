using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Surveys;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Surveys;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>
/// A texter has written where nobody was looking, or wants no more messages: the conversation comes back to its responder, goes back to
/// the queue, or ends. Whatever they wrote, somebody reads it.
/// </summary>
[Requires(Permission.RunTheSystem)]
public sealed record TakeUpTexter(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class TakeUpTexterHandler(
    IConversationRepository conversations, IMessageRepository messages, ITexterRepository texters, IProgramFacts programs, IPresences presences,
    SurveyHearing surveys, IDueJobs jobs, INotifier notifier, TimeProvider clock)
    : IRequestHandler<TakeUpTexter, Done>
{
    public async Task<Done> Handle(TakeUpTexter request, CancellationToken cancellationToken)
    {
        // The responder is locked before the conversation, as everywhere: taking it up again takes one of their places.
        var holder = await conversations.HolderAsync(request.ConversationId, cancellationToken);
        var places = holder is { } responder ? await conversations.FreePlacesAsync(responder, cancellationToken) : 0;
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        if (conversation.ResponderId != holder || !await jobs.BeginAsync(JobKind.Texter, conversation.Id.Value, cancellationToken))
        {
            // Somebody else has it now: the job is still there, and is looked at again.
            return default;
        }

        if (!conversation.IsOpen || conversation.CalledAt is null)
        {
            return default;
        }

        var now = clock.GetUtcNow();
        if (await jobs.WaitsAsync(JobKind.Risk, conversation.Id.Value, cancellationToken))
        {
            // What they wrote may show danger, and that comes first.
            await jobs.ScheduleAsync(JobKind.Texter, conversation.Id.Value, now.AddSeconds(1), cancellationToken);
            return default;
        }

        var scope = (await programs.GetAsync(conversation.ProgramId, cancellationToken)).Settings.OptOutScope;
        await texters.SpreadStopAsync(conversation.TexterId, conversation.ChannelId, scope, cancellationToken);
        if (await HasJustStoppedAsync(conversation, cancellationToken))
        {
            await surveys.EndAsync(conversation, SurveyOutcome.Stopped, now, cancellationToken);
            await OptOutAsync(conversation, places, now, cancellationToken);
        }
        else if (conversation.SurveyRunning is not null)
        {
            await HearAnswerAsync(conversation, places, now, cancellationToken);
        }
        else if (ConversationLifecycle.Ending.Contains(conversation.State))
        {
            await ComeBackAsync(conversation, places, now, cancellationToken);
        }
        else
        {
            await FindSomebodyAsync(conversation, now, cancellationToken);
        }

        await conversations.SaveAsync(conversation, cancellationToken);
        return default;
    }

    // Who stopped messages once, or has thought better of it, and writes again is heard: only a stop that stands ends the conversation.
    private async Task<bool> HasJustStoppedAsync(Conversation conversation, CancellationToken cancellationToken) =>
        await texters.StoppedAtAsync(conversation.TexterId, conversation.ChannelId, cancellationToken) is { } stopped
        && await messages.StopWasLastAsync(conversation.Id, stopped, cancellationToken);

    private async Task OptOutAsync(Conversation conversation, int places, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!conversation.IsInDanger)
        {
            var helpIsComing = conversation.State is ConversationState.EscalatedMedical or ConversationState.EscalatedPolice;
            conversation.CloseOptedOut(now);
            if (helpIsComing)
            {
                await notifier.TellSupervisorsAsync(NotificationKind.OptedOutInDanger, conversation.Id, null, cancellationToken);
            }

            return;
        }

        // Nothing ends by itself while somebody is in danger: a person is told, and decides.
        if (conversation.State == ConversationState.New)
        {
            conversation.Route(now);
        }
        else if (ConversationLifecycle.Ending.Contains(conversation.State))
        {
            await ComeBackAsync(conversation, places, now, cancellationToken);
        }

        conversation.Heard();
        await notifier.TellSupervisorsAsync(NotificationKind.OptedOutInDanger, conversation.Id, null, cancellationToken);
        if (conversation.ResponderId is { } responder)
        {
            await notifier.TellAsync(NotificationKind.OptedOutInDanger, responder, conversation.Id, null, cancellationToken);
        }
    }

    // The texter is in the middle of a survey: an answer brings nobody back, everything else does what it always does.
    private async Task HearAnswerAsync(Conversation conversation, int places, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var turn = await surveys.HearAsync(conversation, now, cancellationToken);
        if (!ConversationLifecycle.Ending.Contains(conversation.State))
        {
            await FindSomebodyAsync(conversation, now, cancellationToken);
        }
        else if (turn.TheyTalk)
        {
            await ComeBackAsync(conversation, places, now, cancellationToken);
        }
        else if (turn is { MustBeRead: false, Alerts: false })
        {
            conversation.Heard();
        }
        else if ((await presences.GetAsync(conversation.ResponderId!.Value, cancellationToken)).IsAvailable)
        {
            conversation.Heard();
            if (turn.MustBeRead)
            {
                await notifier.TellAsync(NotificationKind.TexterWrote, conversation.ResponderId.Value, conversation.Id, null, cancellationToken);
            }
        }
        else
        {
            // Words that nobody is there to read go to somebody who is.
            await surveys.EndAsync(conversation, SurveyOutcome.Interrupted, now, cancellationToken);
            await ComeBackAsync(conversation, places, now, cancellationToken);
        }
    }

    private async Task ComeBackAsync(Conversation conversation, int places, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var responder = conversation.ResponderId!.Value;
        var hasRoom = places > 0 || ConversationLifecycle.Occupying.Contains(conversation.State);
        if (hasRoom && (await presences.GetAsync(responder, cancellationToken)).IsAvailable)
        {
            conversation.Resume(now);
            await notifier.TellAsync(NotificationKind.TexterWrote, responder, conversation.Id, null, cancellationToken);
        }
        else
        {
            conversation.ReturnToQueue(null, null, null, Reason.TexterWrote, now);
        }
    }

    // A conversation under way whose responder is gone.
    private async Task FindSomebodyAsync(Conversation conversation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!conversation.Unattended || conversation.ResponderId is not { } responder || !(await presences.GetAsync(responder, cancellationToken)).IsGone)
        {
            conversation.Heard();
        }
        else if (ConversationLifecycle.From(conversation.State).Any(row => row.When == ConversationTransition.ReturnToQueue))
        {
            conversation.ReturnToQueue(null, null, null, Reason.ResponderGone, now);
            await notifier.TellAsync(NotificationKind.Returned, responder, conversation.Id, null, cancellationToken);
        }
        else
        {
            // Help is on its way and stays so; a supervisor sees what the texter writes and decides.
            conversation.Heard();
            await notifier.TellSupervisorsAsync(NotificationKind.TexterWrote, conversation.Id, null, cancellationToken);
        }
    }
}
