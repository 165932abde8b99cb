using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Chat.Api.Tests.Sessions;

/// <summary>Somebody's authenticator app, written apart from the API's own: RFC 6238 from its text.</summary>
public sealed class AuthenticatorApp(string secret)
{
    private long _last;

    /// <summary>A code that has not been shown yet: this step's, or the next one's, which is taken as well.</summary>
    public string Next()
    {
        var step = Math.Max(_last + 1, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        _last = step;
        return At(step);
    }

    public string At(long step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // As the standard has it.
        var mac = HMACSHA1.HashData(Key(), counter);
#pragma warning restore CA5350
        var at = mac[19] & 15;
        var number = ((mac[at] & 127) << 24) | (mac[at + 1] << 16) | (mac[at + 2] << 8) | mac[at + 3];
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private byte[] Key()
    {
        var bits = string.Concat(secret.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2))];
    }
}
