using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Notifications;

/// <summary>Looks up what is needed to send something to staff or to a contact; null when there is nothing left to do.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record PrepareSending(AffiliateId Affiliate, Guid SendingId) : IUseCase<PreparedSending?>, IForAffiliate;

public abstract record PreparedSending
{
    public sealed record Mail(string To, string Subject, string Text) : PreparedSending;

    public sealed record Sms(ChannelAccount Account, string To, string Text) : PreparedSending;

    public sealed record Webhook(WebhookTarget Target, string Json) : PreparedSending;

    /// <summary>There is nobody, or no way, to send it to.</summary>
    public sealed record ToNobody(string Code) : PreparedSending;
}

internal sealed class PrepareSendingHandler(
    ISendings sendings, IDueJobs jobs, INotificationSettings settings, IUserRepository users, IEmergencyContacts contacts, IChannelDirectory channels, Links links)
    : IRequestHandler<PrepareSending, PreparedSending?>
{
    private static readonly PreparedSending Gone = new PreparedSending.ToNobody("receiver.gone");

    public async Task<PreparedSending?> Handle(PrepareSending request, CancellationToken cancellationToken)
    {
        if (await sendings.FindWaitingAsync(request.SendingId, cancellationToken) is not { } sending)
        {
            await jobs.CancelAsync(JobKind.Send, request.SendingId, cancellationToken);
            return null;
        }

        var about = await sendings.SubjectAsync(sending, cancellationToken);
        return sending.ContactId is { } contact
            ? await ToContactAsync(sending, contact, about, cancellationToken)
            : await ToUserAsync(request.Affiliate, sending, sending.UserId!.Value, about, cancellationToken);
    }

    private async Task<PreparedSending> ToContactAsync(Sending sending, EmergencyContactId id, SendingSubject about, CancellationToken cancellationToken)
    {
        if (await contacts.FindAsync(id, cancellationToken) is not { Status: Status.Active } contact)
        {
            return Gone;
        }

        return (sending.Via, contact.Email, contact.WebhookUrl) switch
        {
            (SendingWay.Email, { } email, _) => Mail(email, sending, about),
            (SendingWay.Webhook, _, { } url) => new PreparedSending.Webhook(new WebhookTarget(new Uri(url), contact.WebhookSecret), sending.Body!),
            _ => Gone,
        };
    }

    private async Task<PreparedSending> ToUserAsync(
        AffiliateId affiliate, Sending sending, UserId id, SendingSubject about, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(id, cancellationToken) is not { Status: Status.Active } user)
        {
            return Gone;
        }

        // They may have changed their mind while a mail server was away.
        var wishes = await settings.OfAsync(id, cancellationToken);
        if (!(sending.Via == SendingWay.Email ? wishes.ByEmail : wishes.ByText).Contains(sending.Kind.Name()))
        {
            return new PreparedSending.ToNobody("receiver.not_wanted");
        }

        if (sending.Via == SendingWay.Email)
        {
            return Mail(user.Email, sending, about);
        }

        return wishes.Phone is { } phone
            && await settings.TextChannelAsync(id, cancellationToken) is { } channel
            && await channels.FindAsync(affiliate, channel, cancellationToken) is { } account
                ? new PreparedSending.Sms(account, phone, NotificationWords.Text(sending, about, links))
                : new PreparedSending.ToNobody("text.not_available");
    }

    private PreparedSending.Mail Mail(string to, Sending sending, SendingSubject about) =>
        new(to, NotificationWords.Subject(sending, about), NotificationWords.Mail(sending, about, links));
}
