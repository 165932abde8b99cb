using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Chat.Api.Hosting;

/// <summary>Serves the web app from the API's own origin: its files as they are, and its page for every address that is a screen.</summary>
internal static class WebApp
{
    public static void UseWebApp(this WebApplication app)
    {
        if (FindFolder(app.Environment) is not { } folder)
        {
            app.Logger.NoWebApp();
            return;
        }

        // Only what is the same for everybody is compressed: an answer that mixes a secret with what a stranger chose gives it away.
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/assets"), assets => assets.UseResponseCompression());
        var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = static file =>
                file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }

    /// <summary>The page, for whatever no endpoint answers. It is no endpoint itself: as one it would hide that an address takes another method.</summary>
    public static void UseWebAppPage(this WebApplication app)
    {
        if (FindFolder(app.Environment) is not { } folder)
        {
            return;
        }

        app.Use(async (context, next) =>
        {
            var (request, response) = (context.Request, context.Response);
            if (context.GetEndpoint() is not null || !HttpMethods.IsGet(request.Method) || IsNoScreen(request.Path))
            {
                await next(context);
                return;
            }

            var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            var page = await File.ReadAllTextAsync(Path.Combine(folder, "index.html"), context.RequestAborted);
            response.Headers.ContentSecurityPolicy = SecurityHeaders.ForApp(nonce);
            response.Headers.CacheControl = "no-store";
            response.ContentType = "text/html; charset=utf-8";
            await response.WriteAsync(page.Replace("__CSP_NONCE__", nonce, StringComparison.Ordinal), context.RequestAborted);
        });
    }

    private static bool IsNoScreen(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/ws") || path.StartsWithSegments("/swagger") || path.StartsWithSegments("/assets")
        || Path.HasExtension(path.Value);

    /// <summary>Published: wwwroot. In a checkout: what the web app's build has left in spa/dist.</summary>
    private static string? FindFolder(IWebHostEnvironment environment)
    {
        var candidates = new List<string> { Path.Combine(environment.ContentRootPath, "wwwroot"), Path.Combine(AppContext.BaseDirectory, "wwwroot") };
        if (!environment.IsProduction() && (Checkout.Root(environment.ContentRootPath) ?? Checkout.Root(AppContext.BaseDirectory)) is { } checkout)
        {
            candidates.Add(Path.Combine(checkout, "spa", "dist"));
        }

        return candidates.Find(candidate => File.Exists(Path.Combine(candidate, "index.html")));
    }
}
