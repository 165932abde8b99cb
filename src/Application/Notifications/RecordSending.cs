using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Notifications;

/// <summary>Records what became of something that was sent to staff or to a contact, and when to try again if nobody took it.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record RecordSending(AffiliateId Affiliate, Guid SendingId, OutsideResult Result) : IUseCase<Done>, IForAffiliate;

internal sealed class RecordSendingHandler(ISendings sendings, IDueJobs jobs, INotifier notifier, TimeProvider clock) : IRequestHandler<RecordSending, Done>
{
    public async Task<Done> Handle(RecordSending request, CancellationToken cancellationToken)
    {
        // Whoever else took it up after its claim had run out has said what became of it.
        if (await sendings.FindWaitingAsync(request.SendingId, cancellationToken) is not { } sending)
        {
            await jobs.CancelAsync(JobKind.Send, request.SendingId, cancellationToken);
            return default;
        }

        var (now, attempt) = (clock.GetUtcNow(), sending.Attempts + 1);
        var again = request.Result is OutsideResult.Unavailable ? SendingSchedule.After(attempt) : null;
        var (status, code) = request.Result switch
        {
            OutsideResult.Sent => (SendingStatus.Sent, null),
            OutsideResult.Refused refused => (SendingStatus.Failed, refused.Code),
            OutsideResult.Unavailable unavailable => (again is null ? SendingStatus.Failed : SendingStatus.Waiting, unavailable.Code),
            _ => throw new InvalidOperationException("A result that this version does not know."),
        };
        await sendings.SaveAsync(sending.Id, status, attempt, code, now, cancellationToken);
        if (again is { } wait)
        {
            var asked = ((OutsideResult.Unavailable)request.Result).RetryAfter;
            await jobs.ScheduleAsync(JobKind.Send, sending.Id, now + (asked > wait ? asked.Value : wait), cancellationToken);
        }
        else
        {
            await jobs.CancelAsync(JobKind.Send, sending.Id, cancellationToken);
        }

        // A texter's life may hang on it: people are told while it is still being tried, and once more when it is given up.
        if (sending.ContactId is not null && (status == SendingStatus.Failed || (again is not null && attempt == SendingSchedule.WorthTelling)))
        {
            await notifier.TellSupervisorsAsync(NotificationKind.ContactFailed, sending.ConversationId, sending.AboutId, cancellationToken);
        }

        return default;
    }
}

/// <summary>When something is sent again that nobody took: for more than four hours, which is longer than most outages.</summary>
public static class SendingSchedule
{
    /// <summary>After so many attempts, a minute or so, the people in charge should know that a contact has not been reached yet.</summary>
    public const int WorthTelling = 3;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
    ];

    /// <param name="attempt">How often it was tried, from 1.</param>
    public static TimeSpan? After(int attempt) => attempt <= Waits.Length ? Waits[attempt - 1] * (0.9 + (0.2 * Random.Shared.NextDouble())) : null;
}
