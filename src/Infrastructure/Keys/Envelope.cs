using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Chat.Application.Common;

namespace Chat.Infrastructure.Keys;

/// <summary>Where a sealed value stands. It is authenticated with the value, so that a value moved elsewhere cannot be opened.</summary>
internal readonly record struct Place(Guid Affiliate, string Table, string Column, Guid Row);

/// <summary>A key by its name; the name is written into what it seals.</summary>
internal sealed record SealingKey(Guid Id, byte[] Bytes);

/// <summary>
/// The one cipher: AES-256-GCM in an envelope <c>version (1) | algorithm (1) | key id (16) | nonce (12) | ciphertext | tag (16)</c>.
/// The additional data holds version, algorithm, key id and the place, each with its length before it.
/// </summary>
internal static class Envelope
{
    private const byte Version = 1;
    private const byte Aes256Gcm = 1;
    private const int KeyIdAt = 2;
    private const int NonceAt = KeyIdAt + 16;
    private const int TextAt = NonceAt + NonceSize;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public const int Overhead = TextAt + TagSize;

    public static byte[] Seal(SealingKey key, Place place, ReadOnlySpan<byte> plain)
    {
        var envelope = new byte[plain.Length + Overhead];
        envelope[0] = Version;
        envelope[1] = Aes256Gcm;
        key.Id.TryWriteBytes(envelope.AsSpan(KeyIdAt), bigEndian: true, out _);
        RandomNumberGenerator.Fill(envelope.AsSpan(NonceAt, NonceSize));
        using var aes = new AesGcm(key.Bytes, TagSize);
        Span<byte> additional = stackalloc byte[AdditionalSize(place)];
        WriteAdditional(additional, envelope.AsSpan(0, NonceAt), place);
        aes.Encrypt(envelope.AsSpan(NonceAt, NonceSize), plain, envelope.AsSpan(TextAt, plain.Length), envelope.AsSpan(TextAt + plain.Length), additional);
        return envelope;
    }

    public static byte[] Seal(SealingKey key, Place place, string plain) => Seal(key, place, Encoding.UTF8.GetBytes(plain));

    public static byte[] Open(SealingKey key, Place place, byte[] envelope)
    {
        if (envelope.Length < Overhead || envelope[0] != Version || envelope[1] != Aes256Gcm)
        {
            throw new UnreadableException("The envelope's form is unknown.");
        }

        if (KeyIdOf(envelope) != key.Id)
        {
            throw new UnreadableException("The value was sealed with another key.");
        }

        var plain = new byte[envelope.Length - Overhead];
        using var aes = new AesGcm(key.Bytes, TagSize);
        Span<byte> additional = stackalloc byte[AdditionalSize(place)];
        WriteAdditional(additional, envelope.AsSpan(0, NonceAt), place);
        try
        {
            aes.Decrypt(envelope.AsSpan(NonceAt, NonceSize), envelope.AsSpan(TextAt, plain.Length), envelope.AsSpan(TextAt + plain.Length), plain, additional);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new UnreadableException("The value is damaged, or stands where it was not sealed.");
        }

        return plain;
    }

    public static string OpenText(SealingKey key, Place place, byte[] envelope) => Encoding.UTF8.GetString(Open(key, place, envelope));

    /// <summary>The name of the key that a value was sealed with.</summary>
    public static Guid KeyIdOf(byte[] envelope) =>
        envelope.Length >= Overhead ? new Guid(envelope.AsSpan(KeyIdAt, 16), bigEndian: true) : throw new UnreadableException("The envelope is cut short.");

    private static int AdditionalSize(Place place) =>
        (5 * sizeof(int)) + NonceAt + 16 + Encoding.UTF8.GetByteCount(place.Table) + Encoding.UTF8.GetByteCount(place.Column) + 16;

    private static void WriteAdditional(Span<byte> target, ReadOnlySpan<byte> header, Place place)
    {
        Span<byte> id = stackalloc byte[16];
        target = Write(target, header);
        place.Affiliate.TryWriteBytes(id, bigEndian: true, out _);
        target = Write(target, id);
        target = WriteText(target, place.Table);
        target = WriteText(target, place.Column);
        place.Row.TryWriteBytes(id, bigEndian: true, out _);
        Write(target, id);
    }

    private static Span<byte> Write(Span<byte> target, scoped ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, part.Length);
        part.CopyTo(target[sizeof(int)..]);
        return target[(sizeof(int) + part.Length)..];
    }

    private static Span<byte> WriteText(Span<byte> target, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, target[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(target, length);
        return target[(sizeof(int) + length)..];
    }
}
