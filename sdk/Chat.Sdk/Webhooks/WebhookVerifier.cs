using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Sdk.Webhooks;

/// <summary>
/// Whether a call really came from Chat: Standard Webhooks 1.0.0. While a secret is being replaced, give both: a call is good when one of
/// its signatures fits one of them.
/// </summary>
public sealed class WebhookVerifier
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Prefix = "whsec_";
    private const string Scheme = "v1,";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[][] _keys;
    private readonly TimeProvider _clock;

    /// <param name="secrets">As Chat showed them: whsec_…</param>
    public WebhookVerifier(params string[] secrets)
        : this(TimeProvider.System, secrets)
    {
    }

    public WebhookVerifier(TimeProvider clock, params string[] secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        (_clock, _keys) = (clock, [.. secrets.Select(Key)]);
        if (_keys.Length == 0)
        {
            throw new ArgumentException("Give the secret that Chat showed when the webhook was made.", nameof(secrets));
        }
    }

    /// <summary>The event of a genuine call; <see cref="WebhookRefusedException"/> otherwise. The body is the bytes as they came.</summary>
    /// <param name="header">The call's header of a name, or null.</param>
    public ChatEvent Read(Func<string, string?> header, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (Fault(header(IdHeader), header(TimestampHeader), header(SignatureHeader), body) is { } fault)
        {
            throw new WebhookRefusedException(fault);
        }

        return ChatEvent.Read(body);
    }

    /// <summary>Whether the call is genuine: its signature fits and it is of these minutes. Keep its id, and drop one that comes again.</summary>
    public bool IsGenuine(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body) =>
        Fault(id, timestamp, signatures, body) is null;

    private string? Fault(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
        {
            return "A header is missing.";
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return "The time is no number.";
        }

        // Compared as numbers: not every number of seconds is a date.
        if (Math.Abs(seconds - (double)_clock.GetUtcNow().ToUnixTimeSeconds()) > Tolerance.TotalSeconds)
        {
            return "It was not sent just now.";
        }

        return Fits($"{id}.{timestamp}.", signatures, body) ? null : "No signature fits.";
    }

    private bool Fits(string head, string signatures, ReadOnlySpan<byte> body)
    {
        var fits = false;
        foreach (var key in _keys)
        {
            using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hash.AppendData(Encoding.UTF8.GetBytes(head));
            hash.AppendData(body);
            var expected = Encoding.ASCII.GetBytes(Scheme + Convert.ToBase64String(hash.GetHashAndReset()));
            foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                fits |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected);
            }
        }

        return fits;
    }

    private static byte[] Key(string secret)
    {
        var encoded = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var key = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, key, out var length) && length is >= 24 and <= 64
            ? key[..length]
            : throw new ArgumentException("A secret is whsec_ and the base64 of 24 to 64 bytes.", nameof(secret));
    }
}

/// <summary>A call that is not from Chat, or not of these minutes. Answer 401.</summary>
public sealed class WebhookRefusedException(string message) : Exception(message);
