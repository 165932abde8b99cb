using System.Threading.Channels;
using Chat.Application.Ports;
using Chat.Application.Sessions;
using Chat.Domain.Common;
using Chat.Infrastructure.Jobs;
using Chat.Infrastructure.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Security;

internal sealed class SignInRecord(DbSession db, IAuditTrail audit, FailedSignIns failures, ILogger<SignInRecord> logger) : ISignInRecord
{
    public async Task SucceededAsync(UserId user, CancellationToken cancellationToken)
    {
        await audit.NoteSignInAsync(user, succeeded: true, cancellationToken);
        db.OnCommit(() => logger.SignedIn(user.Value));
    }

    public void Failed(SignInAccount? account) => failures.Note(account);
}

/// <summary>Puts failed sign-ins on record, one after the other. How many there can be is bounded by how often somebody may guess.</summary>
internal sealed class FailedSignIns(SystemUseCases useCases, ILogger<FailedSignIns> logger) : BackgroundService
{
    private const int MostWaiting = 1000;

    private readonly Channel<SignInAccount> _failures =
        Channel.CreateBounded<SignInAccount>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Note(SignInAccount? account)
    {
        if (account is null)
        {
            logger.SignInFailedAsNobody();
            return;
        }

        logger.SignInFailed(account.UserId.Value);
        _failures.Writer.TryWrite(account);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var account in _failures.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await useCases.SendAsync(new PutFailedLogInOnRecord(account.AffiliateId, account.UserId), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.FailedSignInNotOnRecord(failure.Kind());
            }
        }
    }
}
