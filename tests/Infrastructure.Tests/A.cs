using System.Security.Cryptography;
using System.Text;
using Chat.Application.Ports;
using Chat.Domain.Channels;

namespace Chat.Infrastructure.Tests;

/// <summary>What tests begin with.</summary>
internal static class A
{
    public const string AccountSid = "AC1";
    public const string AuthToken = "12345";
    public static readonly Uri Origin = new("https://chat.example");

    public static ChannelAccount TwilioAccount(string address = "+15550100000", string? secondaryAuthToken = null, string? messagingServiceSid = null)
    {
        var credentials = new Dictionary<string, string> { ["accountSid"] = AccountSid, ["authToken"] = AuthToken };
        if (secondaryAuthToken is not null)
        {
            credentials["secondaryAuthToken"] = secondaryAuthToken;
        }

        return Account(
            address, credentials, messagingServiceSid is null ? [] : new Dictionary<string, string> { ["messagingServiceSid"] = messagingServiceSid });
    }

    public static ChannelAccount Account(string address, Dictionary<string, string> credentials, Dictionary<string, string> settings) => new(
        new(Guid.NewGuid()), new(Guid.NewGuid()), new(Guid.NewGuid()), Provider.Twilio, address, credentials, settings, TakesMessages: true,
        new KeywordRoutes(new Dictionary<string, KeywordRoute>()));

    public static WebhookCall TwilioCall(string form, string? signature = null, string url = "/api/webhooks/twilio", string kind = "message") => new(
        Provider.Twilio, kind, url, signature is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["X-Twilio-Signature"] = signature },
        Encoding.UTF8.GetBytes(form));

    /// <summary>Signs what is given, as it is given.</summary>
    public static string Signature(string token, string url, string content = "") =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(url + content)));
}
