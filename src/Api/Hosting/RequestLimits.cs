using Chat.Api.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Chat.Api.Hosting;

/// <summary>
/// How much a request may be. Kestrel's own limits on address and headers are set wider than these, because it refuses without a
/// problem document; here it gets one. A token that alone is too long is no token.
/// </summary>
internal static class RequestLimits
{
    public const long Body = 256 * 1024;

    /// <summary>An affiliate's configuration as one document: what was handed out can be put back.</summary>
    public const long ConfigurationBody = 4 * 1024 * 1024;
    public const int RequestLine = 8 * 1024;
    public const int Headers = 16 * 1024;
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    private const int KestrelsOwn = 512 * 1024;
    private const long MostSwallowed = 16 * 1024 * 1024;

    public static void Apply(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Body;
        kestrel.Limits.MaxRequestLineSize = KestrelsOwn;
        kestrel.Limits.MaxRequestHeadersTotalSize = KestrelsOwn;
        kestrel.Limits.RequestHeadersTimeout = Time;
    }

    public static async Task RefuseTooLargeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var problem = request.Path.Value!.Length + request.QueryString.Value!.Length > RequestLine ? Problem.Of(414)
            : request.Headers.Authorization.Sum(value => value?.Length ?? 0) > Headers ? Problem.Of(401)
            : request.Headers.Sum(header => header.Key.Length + header.Value.Sum(value => value?.Length ?? 0)) > Headers ? Problem.Of(431)
            : request.ContentLength > MostOf(request) ? Problem.Of(413)
            : IsOtherThanUtf8(request) ? Problem.Of(415, detail: "Send UTF-8.")
            : null;
        if (problem is null)
        {
            if (MostOf(request) is var most and > Body)
            {
                context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = most;
            }

            await next(context);
            return;
        }

        if (problem.Status == StatusCodes.Status413PayloadTooLarge)
        {
            await SwallowAsync(context);
        }

        await Problem.WriteAsync(context, problem);
    }

    private static long MostOf(HttpRequest request) =>
        HttpMethods.IsPut(request.Method) && request.Path.Equals("/api/admin/configuration", StringComparison.OrdinalIgnoreCase) ? ConfigurationBody : Body;

    // JSON is UTF-8 (RFC 8259); the framework would look another charset up, and throw where there is none of that name. A provider's form
    // is read as bytes, whatever it says.
    private static bool IsOtherThanUtf8(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue
        && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/api/webhooks");

    // Most clients read no answer before they have sent all; up to a point we let them, so that they learn why they are refused.
    private static async Task SwallowAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MostSwallowed || context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } limit)
        {
            return;
        }

        limit.MaxRequestBodySize = MostSwallowed;
        var buffer = new byte[32 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) > 0)
        {
        }
    }
}
