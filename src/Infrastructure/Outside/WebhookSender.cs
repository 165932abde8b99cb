using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Chat.Application.Ports;
using static Chat.Application.Ports.OutsideResult;

namespace Chat.Infrastructure.Outside;

/// <summary>Calls a customer's address, signed, and reads the status of the answer and nothing else of it.</summary>
internal sealed class WebhookSender(SafeHttp http) : IWebhookSender
{
    public const string TypeHeader = "webhook-type";

    private static readonly ProductInfoHeaderValue Product = new("Chat", "1.0");
    private static readonly Dictionary<string, string> NoHeaders = [];
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public async Task<OutsideResult> SendAsync(
        WebhookTarget target, string messageId, string type, string json, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(target, messageId, type, json, now, cancellationToken);
        return answer switch
        {
            { Code: null } => new Sent(),
            { NeverLeft: true } or { Status: >= 300 and < 500 and not (408 or 425 or 429) } => new Refused(answer.Code),
            _ => new Unavailable(answer.Code, answer.RetryAfter),
        };
    }

    public async Task<WebhookAnswer> CallAsync(
        WebhookTarget target, string messageId, string type, string json, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = new[] { target.Secret, target.PreviousSecret }.OfType<string>().Select(WebhookSignature.Key).ToList();
        if (keys.Contains(null))
        {
            return new WebhookAnswer(null, WebhookAnswer.SecretNotValid);
        }

        var body = Encoding.UTF8.GetBytes(json);
        var timestamp = now.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(Product);
        foreach (var (name, value) in target.Headers ?? NoHeaders)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Add(TypeHeader, type);
        request.Headers.Add(WebhookSignature.IdHeader, messageId);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        if (keys.Count > 0)
        {
            request.Headers.Add(
                WebhookSignature.SignatureHeader, string.Join(' ', keys.Select(key => WebhookSignature.Of(key!, messageId, timestamp, body))));
        }

        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            return Read(answer.StatusCode, answer.Headers.RetryAfter, now);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(null, "timeout");
        }
        catch (HttpRequestException failure)
        {
            return new WebhookAnswer(null, SafeHttp.WasNotAllowed(failure) ? WebhookAnswer.AddressNotAllowed : Code(failure.HttpRequestError));
        }
    }

    private static WebhookAnswer Read(HttpStatusCode status, RetryConditionHeaderValue? retryAfter, DateTimeOffset now) =>
        new((int)status, Code(status), Pause(retryAfter, now));

    private static string? Code(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => "redirect",
        410 => "gone",
        _ => string.Create(CultureInfo.InvariantCulture, $"http_{(int)status}"),
    };

    private static string Code(HttpRequestError error) => error switch
    {
        HttpRequestError.SecureConnectionError => "tls",
        HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse => "bad_answer",
        _ => "unreachable",
    };

    private static TimeSpan? Pause(RetryConditionHeaderValue? retryAfter, DateTimeOffset now) =>
        (retryAfter?.Delta ?? retryAfter?.Date - now) is { } pause && pause > TimeSpan.Zero ? (pause < LongestPause ? pause : LongestPause) : null;
}
