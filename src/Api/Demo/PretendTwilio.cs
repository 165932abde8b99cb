using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Demo;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Demo;

/// <summary>The part of Twilio's REST API that we call, with its ways of refusing.</summary>
internal static class PretendTwilio
{
    private const int LongestBody = 64 * 1024;
    private const int LongestText = 1600;

    public static async Task<JsonHttpResult<Dictionary<string, object?>>> TakeMessage(
        string sid, HttpRequest request, DemoSettings settings, DemoTwilio twilio, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!IsAccount(request.Headers.Authorization.ToString(), settings.Channel) || sid != settings.Channel.AccountSid)
        {
            return Refuse(StatusCodes.Status401Unauthorized, 20003, "Authenticate");
        }

        if (await ReadAsync(request, cancellationToken) is not { } form)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, 20005, "The request is too long.");
        }

        return (form.Text("To"), form.Text("From") ?? form.Text("MessagingServiceSid"), form.Text("Body"), form.Text("StatusCallback")) switch
        {
            (null or "", _, _, _) => Refuse(StatusCodes.Status400BadRequest, 21604, "A 'To' phone number is required."),
            (_, null or "", _, _) => Refuse(StatusCodes.Status400BadRequest, 21603, "A 'From' phone number is required."),
            (_, _, null or "", _) => Refuse(StatusCodes.Status400BadRequest, 21602, "Message body is required."),
            (_, _, { Length: > LongestText }, _) => Refuse(StatusCodes.Status400BadRequest, 21617, "The message body exceeds the 1600 character limit."),
            (_, _, _, { Length: > 0 } callback) when !twilio.MayReportTo(callback) =>
                Refuse(StatusCodes.Status400BadRequest, 21609, "The StatusCallback is not a valid URL."),
            ({ } to, { } from, { } text, var callback) => Accept(twilio.Take(to, from, text, callback is "" ? null : callback), text, settings, clock),
        };
    }

    private static bool IsAccount(string authorization, DemoChannel channel) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(authorization),
            Encoding.UTF8.GetBytes("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{channel.AccountSid}:{channel.AuthToken}"))));

    private static async Task<FormBody?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new byte[LongestBody + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        return length > LongestBody ? null : FormBody.Read(body.AsSpan(0, length));
    }

    private static JsonHttpResult<Dictionary<string, object?>> Accept(DemoDelivery delivery, string text, DemoSettings settings, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        var account = settings.Channel.AccountSid;
        return TypedResults.Json(
            new Dictionary<string, object?>
            {
                ["sid"] = delivery.MessageSid,
                ["account_sid"] = account,
                ["api_version"] = "2010-04-01",
                ["body"] = text,
                ["to"] = delivery.To,
                ["from"] = delivery.From,
                ["status"] = "queued",
                ["direction"] = "outbound-api",
                ["num_segments"] = "1",
                ["num_media"] = "0",
                ["error_code"] = null,
                ["error_message"] = null,
                ["price"] = null,
                ["price_unit"] = "USD",
                ["date_created"] = now,
                ["date_updated"] = now,
                ["date_sent"] = null,
                ["uri"] = $"/2010-04-01/Accounts/{account}/Messages/{delivery.MessageSid}.json",
            },
            statusCode: StatusCodes.Status201Created);
    }

    private static JsonHttpResult<Dictionary<string, object?>> Refuse(int status, int code, string message) =>
        TypedResults.Json(
            new Dictionary<string, object?>
            {
                ["code"] = code,
                ["message"] = message,
                ["more_info"] = $"https://www.twilio.com/docs/errors/{code}",
                ["status"] = status,
            },
            statusCode: status);
}
