using Chat.Api.Errors;

namespace Chat.Api.Hosting;

/// <summary>
/// How much a request may be. Kestrel's own limits on address and headers are set wider than these, because it refuses without a
/// problem document; here it gets one.
/// </summary>
internal static class RequestLimits
{
    public const long Body = 256 * 1024;
    public const int RequestLine = 8 * 1024;
    public const int Headers = 16 * 1024;
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    private const int KestrelsOwn = 64 * 1024;

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
            : request.Headers.Sum(header => header.Key.Length + header.Value.Sum(value => value?.Length ?? 0)) > Headers ? Problem.Of(431)
            : null;
        await (problem is null ? next(context) : Problem.WriteAsync(context, problem));
    }
}
