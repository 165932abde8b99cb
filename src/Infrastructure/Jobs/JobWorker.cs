using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Escalations;
using Chat.Application.Ports;
using Chat.Application.Presences;
using Chat.Application.Risk;
using Chat.Application.Surveys;
using Chat.Domain.Common;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Jobs;

/// <summary>
/// Does what has become due. Any number of instances look; each claims rows that no other has, for a few seconds, and the job's own use
/// case takes the row away in the transaction in which it acts. So what was claimed by a process that died is due again within seconds,
/// and what two take up happens once. What goes out to others is sent elsewhere: a slow mail server holds up no clock.
/// </summary>
internal sealed class JobWorker(Databases databases, SystemUseCases useCases, Wake wake, TimeProvider clock, ILogger<JobWorker> logger) : BackgroundService
{
    private const int MostClaimed = 64;

    // About half an hour of trying.
    private const int MostTries = 12;

    // Texters who are writing in come first: what is due afterwards keeps no more than the cores busy.
    private static readonly int MostAtOnce = Math.Max(2, Environment.ProcessorCount);
    private static readonly TimeSpan WhenIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Claimed = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wake.Jobs.WaitAsync(WhenIdle, stoppingToken);
                while (await ClaimAsync(stoppingToken) is { Count: > 0 } due)
                {
                    await Parallel.ForEachAsync(
                        due, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = stoppingToken }, async (job, _) => await DoAsync(job));
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.JobsFailed(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    private async Task<IReadOnlyList<Due>> ClaimAsync(CancellationToken cancellationToken)
    {
        // Claims are a matter of processes and keep real time.
        const string sql = """
            update due_jobs d
            set claimed_until = clock_timestamp() + @Claimed, attempts = attempts + 1
            from (
                select w.affiliate_id, w.kind, w.subject_id
                from due_jobs w
                where w.kind <> 'send' and w.due_at <= @Now and (w.claimed_until is null or w.claimed_until < clock_timestamp())
                order by w.due_at
                limit @MostClaimed
                for update skip locked
            ) c
            where d.affiliate_id = c.affiliate_id and d.kind = c.kind and d.subject_id = c.subject_id
            returning d.affiliate_id, d.kind, d.subject_id, d.attempts
            """;

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Due>(
            new CommandDefinition(sql, new { Now = clock.GetUtcNow(), Claimed, MostClaimed }, cancellationToken: cancellationToken))).AsList();
    }

    private async Task DoAsync(Due job)
    {
        try
        {
            await useCases.SendAsync(UseCaseOf(job), CancellationToken.None);
        }
        catch (Exception failure)
        {
            logger.JobFailed(job.Kind, job.SubjectId, job.Attempts, failure.Kind());
            await PutAsideAsync(job, failure);
        }
    }

    // What fails again and again must not keep the worker from the rest, nor be forgotten.
    private async Task PutAsideAsync(Due job, Exception failure)
    {
        const string later = """
            update due_jobs
            set claimed_until = clock_timestamp() + @Pause
            where affiliate_id = @AffiliateId and kind = @Kind and subject_id = @SubjectId
            """;
        const string never = "delete from due_jobs where affiliate_id = @AffiliateId and kind = @Kind and subject_id = @SubjectId";

        try
        {
            if (job.Kind == JobKind.Queue.Name() && job.Attempts >= MostTries)
            {
                await useCases.SendAsync(new FailConversation(new(job.AffiliateId), new(job.SubjectId)), CancellationToken.None);
                return;
            }

            // What it was about is gone.
            var sql = failure is NotFoundException ? never : later;
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, job.Attempts)));
            await using var connection = await databases.Chat.OpenConnectionAsync();
            await connection.ExecuteAsync(sql, new { job.AffiliateId, job.Kind, job.SubjectId, Pause = pause });
        }
        catch (Exception again)
        {
            // The claim runs out by itself, and the job is taken up again.
            logger.JobFailed(job.Kind, job.SubjectId, job.Attempts, again.Kind());
        }
    }

    private static IUseCase<Done> UseCaseOf(Due job)
    {
        var (affiliate, subject) = (new AffiliateId(job.AffiliateId), job.SubjectId);
        return Wire.Value<JobKind>(job.Kind) switch
        {
            JobKind.Queue => new TendQueue(affiliate, new(subject)),
            JobKind.Texter => new TakeUpTexter(affiliate, new(subject)),
            JobKind.Transfer => new LapseTransfer(affiliate, new(subject)),
            JobKind.Escalation => new RemindOfEscalation(affiliate, new(subject)),
            JobKind.Presence => new CheckLease(affiliate, new(subject)),
            JobKind.FollowUp => new SendFollowUp(affiliate, new(subject)),
            JobKind.Risk => new AssessRisk(affiliate, new(subject)),
            JobKind.Assessment => new RemindOfAssessment(affiliate, new(subject)),
            JobKind.Survey => new ExpireSurvey(affiliate, new(subject)),
            JobKind.Assign => new AssignWaiting(affiliate, new(subject)),
            _ => throw new InvalidOperationException("A job of a kind that this version does not know."),
        };
    }

    private sealed record Due(Guid AffiliateId, string Kind, Guid SubjectId, int Attempts);
}
