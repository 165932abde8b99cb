using System.Reflection;
using System.Text.Json.Serialization;
using Chat.Api;
using Chat.Api.Demo;
using Chat.Api.Endpoints;
using Chat.Api.Errors;
using Chat.Api.Hosting;
using Chat.Api.OpenApi;
using Chat.Api.Telemetry;
using Chat.Api.Webhooks;
using Chat.Application;
using Chat.Infrastructure;
using Chat.Infrastructure.Startup;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection.Extensions;

var builder = WebApplication.CreateBuilder(Checkout.Options(args));
var settings = builder.Configuration;
if (string.IsNullOrEmpty(settings["urls"]))
{
    builder.WebHost.UseUrls("http://localhost:8080");
}

// The tool that writes the OpenAPI document at build runs this far, and must leave nothing behind.
var describing = Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";
if (builder.Environment.IsProduction() && !describing && SafeSettings.Faults(settings) is { Count: > 0 } faults)
{
    Console.Error.WriteLine("Chat does not start like this:" + string.Concat(faults.Select(fault => $"\n  - {fault}")));
    return 78; // EX_CONFIG of sysexits.h
}

var secrets = builder.Environment.IsProduction() || describing ? null : DevelopmentSecrets.Fill(settings);
builder.WebHost.ConfigureKestrel(RequestLimits.Apply);
builder.Logging.ClearProviders().AddJsonConsole(options =>
{
    options.UseUtcTimestamp = true;
    options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
});

// The framework's own lines name addresses and queries; only its faults are worth a line.
builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
builder.Services.AddApplication();
builder.Services.AddInfrastructure(settings, builder.Environment);
builder.Services.AddExceptionHandler<ProblemHandler>();
builder.Services.AddSingleton<MetricsText>();
builder.Services.AddSingleton<RateLimits>();
builder.Services.AddOtherOrigins(settings);
builder.Services.AddHostedService<Shutdown>();
builder.Services.AddRequestTimeouts(options =>
    options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = RequestLimits.Time, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
builder.Services.ConfigureHttpJsonOptions(options =>
{
    var json = options.SerializerOptions;
    json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    json.AllowDuplicateProperties = false;
    json.NumberHandling = JsonNumberHandling.Strict;
    json.MaxDepth = 32;
    json.Converters.Add(new StorableText());
});
builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
builder.Services.AddOpenApiDocument();
if (describing)
{
    builder.Services.RemoveAll<IHostedService>();
}

var app = builder.Build();
if (secrets is not null)
{
    app.Logger.DevelopmentSecrets(secrets);
}

app.UseTrustedProxies();
app.Use(GatewayFigures.MeasureAsync);
app.Use(SecurityHeaders.AddAsync);
app.UseExceptionHandler(_ => { });
app.UseStatusCodePages(context => Problem.WriteAsync(context.HttpContext, Problem.Of(context.HttpContext.Response.StatusCode)));
app.Use(RequestLimits.RefuseTooLargeAsync);
app.UseWebApp();
app.UseRouting();
app.UseOtherOrigins();
app.Use(app.Services.GetRequiredService<RateLimits>().LimitAddressAsync);
app.UseRequestTimeouts();
app.UseWebAppPage();
app.UseMiddleware<CallerMiddleware>();
app.Use(app.Services.GetRequiredService<RateLimits>().LimitCallerAsync);
app.UseSwagger();
app.UseSwaggerUI(options =>
{
    options.DocumentTitle = "Chat API";
    options.EnablePersistAuthorization();
});

var api = app.MapGroup("/api");
api.MapSessions();
api.MapQueue();
api.MapConversations();
api.MapEscalations();
api.MapPresence();
api.MapNotifications();
api.MapSupervision();
api.MapRetention();
api.MapErasures();
api.MapEncryption();
api.MapTexters();
api.MapDesk();
api.MapAdministration();
api.MapWebhooks();
if (settings.GetValue<bool>("Testing:Enabled"))
{
    api.MapTesting();
}

if (settings.GetValue<bool>("Demo:Enabled"))
{
    app.MapDemo();
}

app.MapSchemas();
app.MapOperations();
app.Run();
return 0;

/// <summary>The entry point's name, for the tests' host.</summary>
public sealed partial class Program;
