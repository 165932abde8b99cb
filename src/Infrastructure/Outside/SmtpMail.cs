using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;
using Chat.Application.Ports;
using Microsoft.Extensions.Options;
using static Chat.Application.Ports.OutsideResult;

namespace Chat.Infrastructure.Outside;

/// <summary>Mail by way of the operator's mail server (docs/adr/0013-smtp-client.md).</summary>
internal sealed class SmtpMail(IOptions<SmtpOptions> options) : IMailSender
{
    private const int LongestAddress = 254;

    private static readonly SearchValues<char> NotInAddresses = SearchValues.Create("<>()[]\\,;:\"");

    public bool IsConfigured => options.Value.Host is { Length: > 0 };

    public async Task<OutsideResult> SendAsync(string to, string subject, string text, CancellationToken cancellationToken)
    {
        var smtp = options.Value;
        if (smtp is not { Host: { Length: > 0 } host, From: { Length: > 0 } from })
        {
            return new Unavailable("not_configured");
        }

        if (Recipient(to) is not { } recipient)
        {
            return new Refused("address.not_valid");
        }

        using var message = Message(new MailAddress(from), recipient, subject, text);
        using var client = new SmtpClient(host, smtp.Port) { EnableSsl = smtp.Tls != MailTls.None, Timeout = int.MaxValue };
        if (smtp.User is { Length: > 0 } user)
        {
            client.Credentials = new NetworkCredential(user, smtp.Password);
        }

        // The client hears its token neither while it connects nor while it waits for the last answer: it is disposed of besides.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var end = patience.Token.Register(client.Dispose);
        patience.CancelAfter(smtp.Timeout);
        try
        {
            await client.SendMailAsync(message, patience.Token);
            return new Sent();
        }
        catch (Exception failure)
            when (failure is SmtpException or OperationCanceledException or ObjectDisposedException && patience.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new Unavailable("timeout");
        }
        catch (SmtpException failure)
        {
            return Read(failure);
        }
    }

    /// <summary>The one bare address that a text is, or null: no names, lists, comments or quotes, nor what ends a line.</summary>
    private static MailAddress? Recipient(string text) =>
        text.Length <= LongestAddress
        && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
        && text.AsSpan().IndexOfAny(NotInAddresses) < 0
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
            ? address
            : null;

    private static MailMessage Message(MailAddress from, MailAddress to, string subject, string text)
    {
        var message = new MailMessage(from, to)
        {
            Subject = Line(subject),
            SubjectEncoding = Encoding.UTF8,
            Body = text.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        message.Headers.Add("Message-ID", $"<{Guid.CreateVersion7():n}@{from.Host}>");

        // So that no holiday notice is sent back. RFC 3834.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>One line of text, and no encoded word, which is text only until somebody decodes it.</summary>
    private static string Line(string text) =>
        string.Concat(text.Select(unit => char.IsControl(unit) ? ' ' : unit)).Replace("=?", "= ?", StringComparison.Ordinal);

    private static OutsideResult Read(SmtpException failure) => (int)failure.StatusCode switch
    {
        // They say nothing of the mail, only of how we sign in: the operator can mend that.
        530 or 534 or 535 or 538 => new Unavailable(Name(failure.StatusCode)),
        >= 500 and < 600 => new Refused(Name(failure.StatusCode)),
        >= 400 and < 500 => new Unavailable(Name(failure.StatusCode)),

        // A failure without a cause is the client's own: the server does not offer STARTTLS.
        _ => new Unavailable(failure.InnerException is null or AuthenticationException ? "tls" : "unreachable"),
    };

    private static string Name(SmtpStatusCode status) => string.Create(CultureInfo.InvariantCulture, $"smtp_{(int)status}");
}
