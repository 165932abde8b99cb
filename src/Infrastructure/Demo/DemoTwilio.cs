using System.Threading.Channels;
using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Channels.Twilio;

namespace Chat.Infrastructure.Demo;

/// <summary>A message that the pretend Twilio has taken, and where it was asked to report what became of it.</summary>
internal sealed record DemoDelivery(string MessageSid, string To, string From, string? StatusCallback);

/// <summary>
/// Twilio as far as we see it: calls our webhooks over HTTP, signed like the real one, and takes our messages. So the demo shows the very
/// path that a texter's message takes, with no short cut through it.
/// </summary>
internal sealed class DemoTwilio(
    IHttpClientFactory clients, DemoSettings settings, DemoPhones phones, OwnAddress ownAddress, PublicAddress publicAddress)
{
    public const string Client = "demo";

    private const string ApiVersion = "2010-04-01";
    private const string MessagePath = "/api/webhooks/twilio";
    private const int MostPending = 1000;

    // With a provider that reports late, reports are lost before messages are.
    private readonly Channel<DemoDelivery> _deliveries =
        Channel.CreateBounded<DemoDelivery>(new BoundedChannelOptions(MostPending) { FullMode = BoundedChannelFullMode.DropOldest });

    public ChannelReader<DemoDelivery> Deliveries => _deliveries.Reader;

    /// <summary>Texts in from a phone. False when our webhook did not take it.</summary>
    public async Task<bool> TextInAsync(DemoPhone phone, string text, CancellationToken cancellationToken)
    {
        var sid = NewSid();
        return await CallAsync(MessagePath, new()
        {
            ["ToCountry"] = "US",
            ["SmsMessageSid"] = sid,
            ["NumMedia"] = "0",
            ["SmsSid"] = sid,
            ["SmsStatus"] = "received",
            ["FromCountry"] = "US",
            ["Body"] = text,
            ["To"] = settings.Channel.Address,
            ["NumSegments"] = "1",
            ["MessageSid"] = sid,
            ["AccountSid"] = settings.Channel.AccountSid,
            ["From"] = phone.Number,
            ["ApiVersion"] = ApiVersion,
        }, cancellationToken);
    }

    /// <summary>Takes a message to a phone.</summary>
    public DemoDelivery Take(string to, string from, string text, string? statusCallback)
    {
        var delivery = new DemoDelivery(NewSid(), to, from, statusCallback);
        phones.Receive(to, text);
        _deliveries.Writer.TryWrite(delivery);
        return delivery;
    }

    /// <summary>The demo's token is no secret, so it reports to this installation and to nobody else.</summary>
    public bool MayReportTo(string statusCallback) =>
        Uri.TryCreate(statusCallback, UriKind.Absolute, out var address)
        && Uri.Compare(address, publicAddress.Origin, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    public async Task<bool> ReportAsync(DemoDelivery delivery, string status, CancellationToken cancellationToken) =>
        delivery.StatusCallback is not { } callback || await CallAsync(new Uri(callback).PathAndQuery, new()
        {
            ["SmsSid"] = delivery.MessageSid,
            ["SmsStatus"] = status,
            ["MessageStatus"] = status,
            ["To"] = delivery.To,
            ["MessageSid"] = delivery.MessageSid,
            ["AccountSid"] = settings.Channel.AccountSid,
            ["From"] = delivery.From,
            ["ApiVersion"] = ApiVersion,
        }, cancellationToken);

    private async Task<bool> CallAsync(string pathAndQuery, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form);
        var body = FormBody.Read(await content.ReadAsByteArrayAsync(cancellationToken));
        using var request = new HttpRequestMessage(HttpMethod.Post, ownAddress.At(pathAndQuery)) { Content = content };
        request.Headers.Add(TwilioSignature.Header, TwilioSignature.Of(settings.Channel.AuthToken, publicAddress.At(pathAndQuery).AbsoluteUri, body));

        using var client = clients.CreateClient(Client);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure)
            when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Nobody there, or no answer in time: not taken, as far as a provider can tell.
            return false;
        }
    }

    private static string NewSid() => "SM" + Guid.NewGuid().ToString("n");
}
