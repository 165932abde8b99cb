using Chat.Infrastructure;
using Chat.Infrastructure.Security;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Chat.Api.Hosting;

/// <summary>Whose word is taken: the proxies' for where a request comes from, and the browsers' for which pages may call.</summary>
internal static class Neighbours
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE"];
    private static readonly string[] Headers = ["Authorization", "Content-Type", "If-Match", "Idempotency-Key"];
    private static readonly string[] Shown = ["ETag", "Location", "Retry-After"];

    /// <summary>From the right to the left, as long as each was written by a proxy that the settings name.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = Networks.Of(app.Services.GetRequiredService<IOptions<ProxiesOptions>>().Value.Trusted).All;
        if (trusted.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }

    public static void AddOtherOrigins(this IServiceCollection services, IConfiguration settings) => services.AddCors(options =>
    {
        var origins = settings.GetSection(CorsOptions.Section).Get<CorsOptions>()?.Origins ?? [];

        // No credentials: the cookies are for our own page, and others bring a token.
        options.AddDefaultPolicy(policy => policy.WithOrigins(origins).WithMethods(Methods).WithHeaders(Headers).WithExposedHeaders(Shown)
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
    });

    public static void UseOtherOrigins(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<CorsOptions>>().Value.Origins.Length > 0)
        {
            app.UseCors();
        }
    }
}
