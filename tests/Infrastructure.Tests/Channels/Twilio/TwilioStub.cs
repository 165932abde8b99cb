using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Tests.Channels.Twilio;

/// <summary>Twilio's side of sending, over real HTTP: it keeps what it was asked and answers what the test tells it to.</summary>
internal sealed class TwilioStub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TwilioStub(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public Func<HttpContext, Task> Answer { get; set; } =
        context => Json(context, StatusCodes.Status201Created, """{"sid":"SM9","status":"queued","error_code":null}""");

    public List<Asked> Calls { get; } = [];

    public static async Task<TwilioStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new TwilioStub(builder.Build());
        stub._app.Run(stub.TakeAsync);
        await stub._app.StartAsync();
        return stub;
    }

    public static async Task Json(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var authorization = context.Request.Headers.Authorization.ToString();
        Calls.Add(new Asked(
            context.Request.Method, context.Request.Path, context.Request.ContentType,
            authorization.StartsWith("Basic ", StringComparison.Ordinal) ? Encoding.UTF8.GetString(Convert.FromBase64String(authorization[6..])) : authorization,
            form.ToDictionary(field => field.Key, field => field.Value.ToString())));
        await Answer(context);
    }

    internal sealed record Asked(string Method, string Path, string? ContentType, string LogIn, Dictionary<string, string> Form);
}
