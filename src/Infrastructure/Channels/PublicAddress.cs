using Microsoft.Extensions.Configuration;

namespace Chat.Infrastructure.Channels;

/// <summary>The origin under which providers reach us, and which they sign. It comes from settings: a request can claim to be for any host.</summary>
internal sealed record PublicAddress(Uri Origin)
{
    private const string WhereWeListenByDefault = "http://localhost:8080";

    public static PublicAddress From(IConfiguration configuration) =>
        Uri.TryCreate(configuration["PublicUrl"] is { Length: > 0 } set ? set : WhereWeListenByDefault, UriKind.Absolute, out var origin)
        && origin.Scheme is "http" or "https" && origin.PathAndQuery == "/" && origin.UserInfo.Length == 0
            ? new PublicAddress(origin)
            : throw new InvalidOperationException("PublicUrl must be an origin, such as https://chat.example.");

    public Uri At(string pathAndQuery) => new(Origin, pathAndQuery);
}
