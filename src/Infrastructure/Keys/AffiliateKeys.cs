using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Keys;

/// <summary>
/// An affiliate's keys: one secret, a key of its own for each purpose (HKDF-SHA-256, RFC 5869). While the secret is replaced there are
/// several, of which one seals. What values are looked up by does not change with it: its secret is the first one's, carried over.
/// </summary>
internal sealed class AffiliateKeys
{
    private readonly byte[] _index;
    private readonly byte[] _fingerprint;

    public AffiliateKeys(Guid affiliate, IReadOnlyCollection<AffiliateSecret> secrets, LookupSecret? carriedOver, ILogger logger)
    {
        var current = secrets.Single(secret => secret.Seals);
        Affiliate = affiliate;
        Fields = Keys("field-encryption");
        DataKeys = Keys("data-key-wrapping");
        (_index, _fingerprint) = carriedOver ?? LookupSecret.Of(current);

        SealingKeys Keys(string purpose)
        {
            var all = secrets.Select(secret => new SealingKey(secret.KeyId, secret.Derive(purpose))).ToList();
            return new SealingKeys(all.Single(key => key.Id == current.KeyId), all, logger);
        }
    }

    public Guid Affiliate { get; }

    /// <summary>Seals what belongs to the affiliate itself: staff, credentials, kept calls.</summary>
    public SealingKeys Fields { get; }

    /// <summary>Wraps the data keys of conversations and texters.</summary>
    public SealingKeys DataKeys { get; }

    /// <summary>A value to find an address by without knowing it: equal for equal addresses of this affiliate, 128 bits, and nothing across affiliates.</summary>
    public byte[] BlindIndex(string kind, string value) => Mac(_index, kind, value)[..16];

    /// <summary>Tells two requests apart without keeping either.</summary>
    public byte[] Fingerprint(string kind, string value) => Mac(_fingerprint, kind, value);

    private static byte[] Mac(byte[] key, string kind, string value) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(kind + "\0" + value));
}

/// <summary>One of an affiliate's secrets, unwrapped.</summary>
/// <param name="Seals">Whether it is the one that new values are sealed with.</param>
internal sealed record AffiliateSecret(Guid KeyId, byte[] Bytes, bool Seals)
{
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Bytes, 32, salt: null, info: Encoding.UTF8.GetBytes("chat/" + purpose + "/1"));
}

/// <summary>What an affiliate's values are looked up by: the keys of its blind index and of its request fingerprints.</summary>
internal sealed record LookupSecret(byte[] Index, byte[] Fingerprint)
{
    public static LookupSecret Of(AffiliateSecret secret) => new(secret.Derive("blind-index"), secret.Derive("request-fingerprint"));

    public static LookupSecret Read(byte[] bytes) => new(bytes[..32], bytes[32..]);

    public byte[] Write() => [.. Index, .. Fingerprint];
}
