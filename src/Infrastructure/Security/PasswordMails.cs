using System.Threading.Channels;
using Chat.Application.Ports;
using Chat.Application.Sessions;
using Chat.Infrastructure.Jobs;
using Chat.Infrastructure.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Security;

internal sealed class PasswordMails(DbSession db, PasswordMailer mailer, IMailSender mail) : IPasswordMails
{
    public bool CanBeSent => mail.IsConfigured;

    public void Wish(string email, PasswordMailReason reason) => db.OnCommit(() => mailer.Wish(email, reason));
}

/// <summary>Writes and sends the mails that were wished for, one after the other. A wish that is lost can be made again.</summary>
internal sealed class PasswordMailer(SystemUseCases useCases, IMailSender mail, ILogger<PasswordMailer> logger) : BackgroundService
{
    private const int MostWaiting = 200;

    private readonly Channel<(string Email, PasswordMailReason Reason)> _wishes =
        Channel.CreateBounded<(string, PasswordMailReason)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wish(string email, PasswordMailReason reason)
    {
        if (mail.IsConfigured)
        {
            _wishes.Writer.TryWrite((email, reason));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (email, reason) in _wishes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SendAsync(email, reason, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.PasswordMailFailed(failure.Kind());
            }
        }
    }

    private async Task SendAsync(string email, PasswordMailReason reason, CancellationToken cancellationToken)
    {
        if (await useCases.SendAsync(new MakePasswordMail(email, reason), cancellationToken) is not { } written)
        {
            return;
        }

        var result = await mail.SendAsync(written.To, written.Subject, written.Text, cancellationToken);
        if (result is OutsideResult.Refused { Code: var refused })
        {
            logger.PasswordMailFailed(refused);
        }
        else if (result is OutsideResult.Unavailable { Code: var unavailable })
        {
            logger.PasswordMailFailed(unavailable);
        }
    }
}
