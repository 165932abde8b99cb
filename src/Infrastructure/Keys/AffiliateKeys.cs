using System.Security.Cryptography;
using System.Text;

namespace Chat.Infrastructure.Keys;

/// <summary>An affiliate's keys: one secret, a key of its own for each purpose (HKDF-SHA-256, RFC 5869).</summary>
internal sealed class AffiliateKeys
{
    private readonly byte[] _index;
    private readonly byte[] _fingerprint;

    public AffiliateKeys(Guid affiliate, Guid keyId, byte[] secret)
    {
        Affiliate = affiliate;
        Fields = new SealingKey(keyId, Derive(secret, "field-encryption"));
        DataKeys = new SealingKey(keyId, Derive(secret, "data-key-wrapping"));
        _index = Derive(secret, "blind-index");
        _fingerprint = Derive(secret, "request-fingerprint");
    }

    public Guid Affiliate { get; }

    /// <summary>Seals what belongs to the affiliate itself: staff, credentials, kept calls.</summary>
    public SealingKey Fields { get; }

    /// <summary>Wraps the data keys of conversations and texters.</summary>
    public SealingKey DataKeys { get; }

    /// <summary>A value to find an address by without knowing it: equal for equal addresses of this affiliate, 128 bits, and nothing across affiliates.</summary>
    public byte[] BlindIndex(string kind, string value) => Mac(_index, kind, value)[..16];

    /// <summary>Tells two requests apart without keeping either.</summary>
    public byte[] Fingerprint(string kind, string value) => Mac(_fingerprint, kind, value);

    private static byte[] Mac(byte[] key, string kind, string value) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(kind + "\0" + value));

    private static byte[] Derive(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, salt: null, info: Encoding.UTF8.GetBytes("chat/" + purpose + "/1"));
}
