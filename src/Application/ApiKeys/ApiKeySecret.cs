using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Application.ApiKeys;

/// <summary>What a key consists of: a name that secret scanners know it by, and 256 random bits. Only its SHA-256 is kept.</summary>
public static class ApiKeySecret
{
    public const string Prefix = "chat_";

    private const int Length = 48;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static bool IsOne(string token) => token.Length == Length && token.StartsWith(Prefix, StringComparison.Ordinal);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
