namespace Chat.Api.Hosting;

/// <summary>The headers that every answer carries.</summary>
internal static class SecurityHeaders
{
    private const string Common = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>The web app: its own scripts and nothing else; the UI kit's style elements carry this response's nonce.</summary>
    public static string ForApp(string nonce) =>
        $"{Common}; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; "
        + "manifest-src 'self'; media-src 'self'; worker-src 'self'";

    // Swagger UI writes style attributes; it runs no script of anybody else's.
    private const string ForSwagger = $"{Common}; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        // At the last moment: whoever handles an exception begins the answer anew, without what was set before.
        context.Response.OnStarting(Set, context);
        return next(context);
    }

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";
        headers.TryAdd("Content-Security-Policy", context.Request.Path.StartsWithSegments("/swagger") ? ForSwagger : Common);
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        if (context.Request.Path.StartsWithSegments("/api"))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
