using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Infrastructure.Security;

/// <summary>The codes of authenticator apps: RFC 6238 with what all of them speak, SHA-1, 30 seconds and six digits.</summary>
internal static class Totp
{
    public const int SecretSize = 20;

    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const int Modulus = 1_000_000;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 is HMAC-SHA-1 in every app; what breaks SHA-1 does not break its HMAC.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = (BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xf)..]) & int.MaxValue) % Modulus;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The step whose code this is, of now, the one before and the one after; null when it is none of theirs. All three are compared,
    /// so that the time tells nothing.
    /// </summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        if (code.Length != Digits || !code.All(char.IsAsciiDigit))
        {
            return null;
        }

        Span<byte> given = stackalloc byte[Digits];
        Encoding.ASCII.GetBytes(code, given);
        long? match = null;
        Span<byte> expected = stackalloc byte[Digits];
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            Encoding.ASCII.GetBytes(CodeAt(secret, step), expected);
            match = CryptographicOperations.FixedTimeEquals(given, expected) ? step : match;
        }

        return match;
    }

    /// <summary>Base 32 (RFC 4648) without padding: how apps take a secret that is typed in.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 / 5) + 1);
        var (buffer, bits) = (0, 0);
        foreach (var part in bytes)
        {
            (buffer, bits) = (((buffer << 8) | part) & 0xffff, bits + 8);
            for (; bits >= 5; bits -= 5)
            {
                text.Append(Base32Letters[(buffer >> (bits - 5)) & 31]);
            }
        }

        return bits > 0 ? text.Append(Base32Letters[(buffer << (5 - bits)) & 31]).ToString() : text.ToString();
    }

    /// <summary>The address from which apps read a secret.</summary>
    public static string Address(string issuer, string account, string secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}"
        + $"&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
