using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using Chat.Infrastructure.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Security;

/// <summary>What an access token says.</summary>
public sealed record AccessClaims(UserId User, AffiliateId Affiliate, Role Role, Guid Session);

/// <summary>
/// Access tokens: JWTs of exactly one shape (RFC 7519, RFC 9068), read strictly: this header and no other, HS256 with one key, all of
/// the claims below and valid, at most 30 seconds of skew. Everything else is no token.
/// </summary>
public sealed class AccessTokens(IOptions<JwtOptions> options, [FromKeyedServices(Clocks.Real)] TimeProvider clock) : IAccessTokens
{
    private const string Name = "chat";
    private const int LongestToken = 2048;
    private const long SkewSeconds = 30;

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"at+jwt"}"""u8);

    private readonly Lazy<byte[]> _key = new(() => Encoding.UTF8.GetBytes(options.Value.Secret));

    public TimeSpan Lifetime => TimeSpan.FromMinutes(options.Value.AccessMinutes);

    public string Issue(UserId user, AffiliateId affiliate, Role role, Guid session)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["iss"] = Name, ["aud"] = Name, ["iat"] = now, ["nbf"] = now, ["exp"] = now + (long)Lifetime.TotalSeconds,
            ["sub"] = user.Value, ["sid"] = session, ["role"] = role.Name(), ["aff"] = affiliate.Value,
        });
        var signed = Header + "." + Base64Url.EncodeToString(payload);
        return signed + "." + Base64Url.EncodeToString(Sign(signed));
    }

    /// <summary>Null for whatever is not a valid token of ours.</summary>
    public AccessClaims? Read(string token)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var header, var payload, var signature] || header != Header)
        {
            return null;
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!Base64Url.IsValid(signature) || !Base64Url.TryDecodeFromChars(signature, given, out var length) || length != given.Length
            || !CryptographicOperations.FixedTimeEquals(given, Sign(header + "." + payload)))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(payload), new JsonDocumentOptions { MaxDepth = 2, AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            // Signed by us and yet not our shape: an older release's token. It is no token here.
            return null;
        }
    }

    private AccessClaims? Read(JsonElement claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return claims.GetProperty("iss").GetString() == Name && claims.GetProperty("aud").GetString() == Name
            && claims.GetProperty("exp").GetInt64() > now - SkewSeconds && claims.GetProperty("nbf").GetInt64() <= now + SkewSeconds
            && Wire.TryValue<Role>(claims.GetProperty("role").GetString(), out var role)
            ? new AccessClaims(new(claims.GetProperty("sub").GetGuid()), new(claims.GetProperty("aff").GetGuid()), role, claims.GetProperty("sid").GetGuid())
            : null;
    }

    private byte[] Sign(string text) => HMACSHA256.HashData(_key.Value, Encoding.ASCII.GetBytes(text));
}
