using Chat.Application.Ports;
using Chat.Domain.Conversations;
using Chat.Domain.Surveys;

namespace Chat.Application.Surveys;

/// <summary>Gives what a texter writes to the survey that they are in the middle of.</summary>
internal sealed class SurveyHearing(ISurveyRuns runs, SurveySending sending, IFollowUps followUps, IDueJobs jobs, INotifier notifier)
{
    /// <summary>What of it needs a person.</summary>
    public async Task<SurveyTurn> HearAsync(Conversation conversation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAsync(conversation, cancellationToken) is not { } run)
        {
            return new SurveyTurn(null, Alerts: false, MustBeRead: true, TheyTalk: true);
        }

        var news = await runs.ListenAsync(conversation.Id, run.SeenSequence, cancellationToken);
        var turn = run.Hear(news.Messages, news.RespondedAt, now);
        if (turn.Say is { } text)
        {
            await sending.AskAsync(conversation, run, text, now, cancellationToken);
        }

        await runs.SaveAsync(run, now, cancellationToken);
        await FollowUpAsync(conversation, turn, cancellationToken);
        if (turn.Alerts)
        {
            await AlertAsync(conversation, run, cancellationToken);
        }

        if (run.Outcome is not null)
        {
            await FinishAsync(conversation, run, now, cancellationToken);
        }

        return turn;
    }

    /// <summary>Ends the survey, if one is running.</summary>
    public async Task EndAsync(Conversation conversation, SurveyOutcome outcome, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAsync(conversation, cancellationToken) is { } run)
        {
            run.End(outcome, now);
            await runs.SaveAsync(run, now, cancellationToken);
            await FinishAsync(conversation, run, now, cancellationToken);
        }
    }

    private async Task<SurveyRun?> FindAsync(Conversation conversation, CancellationToken cancellationToken) =>
        conversation.SurveyRunning is null ? null : await runs.FindRunningAsync(conversation.Id, cancellationToken);

    private async Task FinishAsync(Conversation conversation, SurveyRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        conversation.EndSurvey(run, now);
        await jobs.CancelAsync(JobKind.Survey, conversation.Id.Value, cancellationToken);
    }

    // A follow-up that became due while the answer waited was put off, because anything else would have taken its place.
    private async Task FollowUpAsync(Conversation conversation, SurveyTurn turn, CancellationToken cancellationToken)
    {
        if (conversation.State == ConversationState.FollowUpScheduled && !turn.TheyTalk
            && await followUps.ScheduledAsync(conversation.Id, cancellationToken) is { } followUp)
        {
            await jobs.ScheduleAsync(JobKind.FollowUp, conversation.Id.Value, followUp.ScheduledFor, cancellationToken);
        }
    }

    private async Task AlertAsync(Conversation conversation, SurveyRun run, CancellationToken cancellationToken)
    {
        await notifier.TellSupervisorsAsync(NotificationKind.SurveyAlert, conversation.Id, run.Id.Value, cancellationToken);
        if (conversation.ResponderId is { } responder)
        {
            await notifier.TellAsync(NotificationKind.SurveyAlert, responder, conversation.Id, run.Id.Value, cancellationToken);
        }
    }
}
