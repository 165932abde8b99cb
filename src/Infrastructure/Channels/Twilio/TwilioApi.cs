using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Chat.Application.Ports;
using RestEase;

// The client is made at run time, in an assembly of RestEase's own.
[assembly: InternalsVisibleTo(RestClient.FactoryAssemblyName)]

namespace Chat.Infrastructure.Channels.Twilio;

/// <summary>https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource</summary>
internal interface ITwilioApi
{
    [Post("2010-04-01/Accounts/{accountSid}/Messages.json")]
    [AllowAnyStatusCode]
    Task<HttpResponseMessage> SendMessageAsync(
        [Path] string accountSid, [Header("Authorization")] string authorization,
        [Body(BodySerializationMethod.UrlEncoded)] IDictionary<string, string> form, CancellationToken cancellationToken);
}

/// <summary>What Twilio answers to a message that is handed to it, and what that means for us.</summary>
internal sealed record TwilioAnswer(string? Sid, int? Code)
{
    public const int OptedOut = 21610;

    private const int ServerErrors = 500;

    // Too many at once (20429, 21611, 30001), or no reason known (30008). The rest will be refused tomorrow as well.
    private static readonly FrozenSet<int> Passing = new[] { 20429, 21611, 30001, 30008 }.ToFrozenSet();

    // Longer than a responder is kept waiting for the news that a message failed.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    public static SendResult Read(HttpStatusCode status, ReadOnlySpan<byte> body, RetryConditionHeaderValue? retryAfter, DateTimeOffset now)
    {
        var answer = Parse(body);
        if ((int)status is >= 200 and < 300)
        {
            return answer?.Sid is { } sid && TwilioSms.IsId(sid) ? new SendResult.Accepted(sid) : new SendResult.Unavailable("twilio.bad_answer");
        }

        if (status == HttpStatusCode.TooManyRequests || (int)status >= ServerErrors || (answer?.Code is { } code && Passing.Contains(code)))
        {
            return new SendResult.Unavailable(answer?.Code is { } known ? Name(known) : $"twilio.http_{(int)status}", Pause(retryAfter, now));
        }

        return (answer?.Code, (int)status) switch
        {
            ({ } reason, >= 400) => new SendResult.Refused(Name(reason), TexterStopped: reason == OptedOut),
            _ => new SendResult.Unavailable("twilio.bad_answer"),
        };
    }

    public static string Name(int code) => string.Create(CultureInfo.InvariantCulture, $"twilio.{code}");

    private static TwilioAnswer? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<TwilioAnswer>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            // A proxy's page, or half an answer: no sid and no code is what it says to us.
            return null;
        }
    }

    private static TimeSpan? Pause(RetryConditionHeaderValue? retryAfter, DateTimeOffset now) =>
        (retryAfter?.Delta ?? retryAfter?.Date - now) is { } pause && pause > TimeSpan.Zero ? (pause < LongestPause ? pause : LongestPause) : null;
}
