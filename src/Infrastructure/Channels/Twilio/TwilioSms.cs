using System.Collections.Frozen;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Chat.Application.Ports;
using Chat.Domain.Channels;
using Chat.Domain.Messages;
using Microsoft.Extensions.Options;
using RestEase;
using static Chat.Application.Ports.WebhookReading;

namespace Chat.Infrastructure.Channels.Twilio;

/// <summary>SMS, and what else Twilio carries in the same form. https://www.twilio.com/docs/messaging/guides/webhook-request</summary>
internal sealed class TwilioSms(IHttpClientFactory clients, IOptions<TwilioOptions> options, PublicAddress publicAddress, TimeProvider clock) : IChannelAdapter
{
    public const string Client = "twilio";
    public const string StatusPath = "/api/webhooks/twilio/status";

    private const int LongestId = 128;
    private const int LongestParty = 255;
    private const int LongestMediaType = 100;
    private const int LongestAnswer = 64 * 1024;
    private const int MostAttachments = 10;

    /// <summary>Twilio's words for how far a message has come; null where they are no news to us.</summary>
    private static readonly FrozenDictionary<string, MessageStatus?> Statuses = new Dictionary<string, MessageStatus?>
    {
        ["accepted"] = null,
        ["scheduled"] = null,
        ["queued"] = null,
        ["sending"] = null,
        ["sent"] = MessageStatus.Sent,
        ["delivered"] = MessageStatus.Delivered,
        ["partially_delivered"] = MessageStatus.Delivered,
        ["read"] = MessageStatus.Read,
        ["undelivered"] = MessageStatus.Failed,
        ["failed"] = MessageStatus.Failed,
        ["canceled"] = MessageStatus.Failed,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public Provider Provider => Provider.Twilio;

    public int LongestBody => 64 * 1024;

    public IReadOnlyList<string> Addresses(WebhookCall call)
    {
        var form = FormBody.Read(call.Body);
        var ours = form.Text(Status(form) is null ? "To" : "From");

        // The number first: a messaging service is only a way to numbers that are no channel themselves.
        return [.. new[] { ours is null ? null : TwilioAddress.Normalise(TwilioAddress.WithoutScheme(ours)), form.Text("MessagingServiceSid") }
            .OfType<string>()
            .Where(address => address.Length > 0)];
    }

    public WebhookReading Read(WebhookCall call, ChannelAccount account, bool trusted = false)
    {
        var form = FormBody.Read(call.Body);
        if (!trusted && !TwilioSignature.Matches(call, form, publicAddress.Origin, Tokens(account)))
        {
            return new Rejected("The signature does not match.");
        }

        if (form.Text("AccountSid") is not { } sid || sid != account.Credentials.GetValueOrDefault("accountSid"))
        {
            return new Rejected("The account is not the channel's.");
        }

        if ((Filled(form, "MessageSid") ?? Filled(form, "SmsMessageSid") ?? Filled(form, "SmsSid")) is not { } id || !IsId(id))
        {
            return new Rejected("MessageSid is missing or is no id.");
        }

        if (Status(form) is { } status)
        {
            return ReadStatus(id, status, form);
        }

        // The address for statuses also hears of messages to us that are still on their way: they have no text yet.
        return call.Kind == "status" && form.Text("Body") is null
            ? new Ignored("It reports nothing that went out.")
            : ReadMessage(id, form);
    }

    public async Task<SendResult> SendAsync(ChannelAccount account, string to, string text, CancellationToken cancellationToken)
    {
        if (account.Credentials.GetValueOrDefault("accountSid") is not { Length: > 0 } sid || Tokens(account).FirstOrDefault() is not { Length: > 0 } token)
        {
            return new SendResult.Refused("twilio.credentials_missing");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.Timeout);
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await RestClient.For<ITwilioApi>(client).SendMessageAsync(sid, Basic(sid, token), Form(account, to, text), patience.Token);
            await answer.Content.LoadIntoBufferAsync(LongestAnswer, patience.Token);
            return TwilioAnswer.Read(
                answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(patience.Token), answer.Headers.RetryAfter, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendResult.Unavailable("twilio.timeout");
        }
        catch (HttpRequestException failure)
        {
            return new SendResult.Unavailable(
                failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? "twilio.bad_answer" : "twilio.unreachable");
        }
    }

    /// <summary>Whether it can be one of Twilio's ids: it is stored and indexed as it comes.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= LongestId && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

    private static WebhookReading ReadStatus(string id, string status, FormBody form)
    {
        if (!Statuses.TryGetValue(status, out var known))
        {
            return new Ignored("The status is not one that we know.");
        }

        return known switch
        {
            null => new Ignored("The status changes nothing here."),
            MessageStatus.Failed when ErrorCode(form) is { } code => new DeliveryChanged(
                id, MessageStatus.Failed, TwilioAnswer.Name(code), TexterStopped: code == TwilioAnswer.OptedOut),
            MessageStatus.Failed => new DeliveryChanged(id, MessageStatus.Failed, "twilio.failed"),
            { } reached => new DeliveryChanged(id, reached, null),
        };
    }

    private static WebhookReading ReadMessage(string id, FormBody form)
    {
        if (Filled(form, "From") is not { } from || from.Length > LongestParty || from.Any(unit => char.IsControl(unit) || char.IsSurrogate(unit)))
        {
            return new Rejected("From is missing or is no address.");
        }

        var text = form.Text("Body") ?? "";
        return new MessageArrived(TwilioAddress.Normalise(from), id, text, AttachmentTypes(form), TwilioStops.Read(form.Text("OptOutType"), text));
    }

    /// <summary>What is said about a message that went out, or null when the call is a message to us.</summary>
    private static string? Status(FormBody form) =>
        (Filled(form, "MessageStatus") ?? Filled(form, "SmsStatus")) is { } status && status.ToLowerInvariant() is not ("received" or "receiving")
            ? status
            : null;

    private static int? ErrorCode(FormBody form) =>
        int.TryParse(form.Text("ErrorCode"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code > 0 ? code : null;

    private static string[] AttachmentTypes(FormBody form)
    {
        var count = int.TryParse(form.Text("NumMedia"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Min(given, MostAttachments) : 0;
        return [.. Enumerable.Range(0, count).Select(index => MediaType(form.Text(string.Create(CultureInfo.InvariantCulture, $"MediaContentType{index}"))))];
    }

    private static string MediaType(string? given) =>
        given?.Length <= LongestMediaType && MediaTypeHeaderValue.TryParse(given, out var parsed) && parsed.MediaType is { } type
            ? type.ToLowerInvariant()
            : "application/octet-stream";

    private static string? Filled(FormBody form, string name) => form.Text(name) is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> Tokens(ChannelAccount account) =>
        new[] { account.Credentials.GetValueOrDefault("authToken"), account.Credentials.GetValueOrDefault("secondaryAuthToken") }.OfType<string>();

    private static string Basic(string sid, string token) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sid}:{token}"));

    private Dictionary<string, string> Form(ChannelAccount account, string to, string text)
    {
        var form = new Dictionary<string, string> { ["To"] = to, ["Body"] = text, ["StatusCallback"] = publicAddress.At(StatusPath).AbsoluteUri };
        if (account.Settings.GetValueOrDefault("messagingServiceSid") is { Length: > 0 } service)
        {
            form["MessagingServiceSid"] = service;
        }
        else if (account.Address.StartsWith("MG", StringComparison.Ordinal))
        {
            form["MessagingServiceSid"] = account.Address;
        }
        else
        {
            // Another network is answered in that network: both parties carry its scheme.
            form["From"] = TwilioAddress.Scheme(to) is { Length: > 0 } scheme ? $"{scheme}:{account.Address}" : account.Address;
        }

        return form;
    }
}
