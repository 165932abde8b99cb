using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Chat.Application.Ports;

namespace Chat.Infrastructure.Channels.Twilio;

/// <summary>
/// X-Twilio-Signature: the HMAC-SHA1, under the account's auth token, of the address that Twilio called and of the form's fields, sorted.
/// https://www.twilio.com/docs/usage/security
/// </summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    private const string BodyHash = "bodySHA256=";

    /// <param name="secrets">Every token that is in force: while one is being replaced, calls come signed with either.</param>
    public static bool Matches(WebhookCall call, FormBody form, Uri origin, IEnumerable<string> secrets)
    {
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        if (Given(call) is not { } header || !Convert.TryFromBase64String(header, given, out var length) || length != given.Length)
        {
            return false;
        }

        var contents = IsBodyVouchedForByUrl(call) ? [[]] : Contents(form);
        foreach (var secret in secrets.Where(secret => secret.Length > 0))
        {
            foreach (var url in Urls(origin, call.Url))
            {
                foreach (var content in contents)
                {
                    if (CryptographicOperations.FixedTimeEquals(Sign(secret, url, content), given))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>Signs a form as Twilio does.</summary>
    public static string Of(string secret, string url, FormBody form) => Convert.ToBase64String(Sign(secret, url, Content(form.Fields)));

    private static byte[] Sign(string secret, string url, byte[] content)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(url), .. content];
#pragma warning disable CA5350 // Twilio's choice; as an HMAC, SHA-1 still holds
        return HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), signed);
#pragma warning restore CA5350
    }

    private static string? Given(WebhookCall call) =>
        call.Headers.Where(header => header.Key.Equals(Header, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    // Twilio signs the address without or with a port that needs no naming, depending on the product; its SDKs try both. A lone "?" is lost by some proxies.
    private static IEnumerable<string> Urls(Uri origin, string pathAndQuery)
    {
        var bare = pathAndQuery.EndsWith('?') ? pathAndQuery[..^1] : pathAndQuery;
        foreach (var start in (string[])[$"{origin.Scheme}://{origin.Host}", $"{origin.Scheme}://{origin.Host}:{origin.Port}"])
        {
            yield return start + bare;
            if (!bare.Contains('?', StringComparison.Ordinal))
            {
                yield return start + bare + '?';
            }
        }
    }

    // A body that is no form stands in the signed address by its SHA-256.
    private static bool IsBodyVouchedForByUrl(WebhookCall call)
    {
        var query = call.Url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? call.Url[(mark + 1)..] : "";
        Span<byte> claimed = stackalloc byte[SHA256.HashSizeInBytes];
        return query.Split('&').FirstOrDefault(pair => pair.StartsWith(BodyHash, StringComparison.Ordinal)) is { } found
            && Convert.FromHexString(found.AsSpan(BodyHash.Length), claimed, out _, out var length) == OperationStatus.Done
            && length == claimed.Length
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(call.Body), claimed);
    }

    // Bytes that are no text are signed as they are, or as the U+FFFD that whoever signs has read them as.
    private static byte[][] Contents(FormBody form)
    {
        var sent = Content(form.Fields);
        var read = Content([.. form.Fields.Select(field => new FormField(AsText(field.Name), AsText(field.Value)))]);
        return sent.AsSpan().SequenceEqual(read) ? [sent] : [sent, read];
    }

    private static byte[] AsText(byte[] bytes) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));

    // Sorted by name, then by value, each double once: as Twilio's SDKs do.
    private static byte[] Content(IReadOnlyList<FormField> fields)
    {
        var sorted = fields.ToArray();
        Array.Sort(sorted, Compare);

        var content = new ArrayBufferWriter<byte>(256);
        for (var index = 0; index < sorted.Length; index++)
        {
            if (index == 0 || Compare(sorted[index - 1], sorted[index]) != 0)
            {
                content.Write(sorted[index].Name);
                content.Write(sorted[index].Value);
            }
        }

        return content.WrittenSpan.ToArray();
    }

    private static int Compare(FormField one, FormField other) =>
        one.Name.AsSpan().SequenceCompareTo(other.Name) is not 0 and var byName ? byName : one.Value.AsSpan().SequenceCompareTo(other.Value);
}
