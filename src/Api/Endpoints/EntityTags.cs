using System.Globalization;
using Chat.Application.Common;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Endpoints;

/// <summary>Versions as entity tags (RFC 9110): what is shown carries one, and who changes it says which one they had read.</summary>
internal static class EntityTags
{
    private const long Nobodys = -1;

    public static Ok<T> Tagged<T>(this HttpResponse response, T view, long version)
    {
        response.Headers.ETag = Of(version);
        return TypedResults.Ok(view);
    }

    public static Created<T> TaggedAsNew<T>(this HttpResponse response, string path, Guid id, T view, long version)
    {
        response.Headers.ETag = Of(version);
        return TypedResults.Created($"/api/{path}/{id}", view);
    }

    /// <summary>The version that If-Match names; null where there is none. A tag that was never ours matches nothing.</summary>
    public static long? Expected(string? ifMatch)
    {
        if (string.IsNullOrWhiteSpace(ifMatch))
        {
            return null;
        }

        var tag = ifMatch.Trim();
        if (tag == "*")
        {
            return Versions.Any;
        }

        // A proxy that compresses answers may weaken their tags; it has not changed what they name.
        tag = (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"');
        return long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : Nobodys;
    }

    private static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
