using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Tests;

/// <summary>A webhook as it reached the customer.</summary>
public sealed record ReceivedWebhook(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public string Type => Headers["webhook-type"];

    public string Text => Encoding.UTF8.GetString(Body);

    public DateTimeOffset SentAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Headers["webhook-timestamp"], CultureInfo.InvariantCulture));

    /// <summary>What a receiver asks of a call before it believes it: one of the signatures is made with the secret.</summary>
    public bool IsSignedWith(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}."), .. Body];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        return Headers.GetValueOrDefault("webhook-signature", "").Split(' ').Contains(expected);
    }
}

/// <summary>A customer's end of a webhook, over real HTTP: it keeps what it was told and answers what the test says.</summary>
public sealed class FakeReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();

    private FakeReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<ReceivedWebhook> Calls { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What every call is answered with that the script does not answer.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public static async Task<FakeReceiver> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().UseUrls(certificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        var receiver = new FakeReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>What the next call is answered with, once.</summary>
    public void Next(Func<HttpContext, Task> answer) => _script.Enqueue(answer);

    public void Next(int status, string? retryAfter = null) => Next(context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    });

    public void NextHangs() => Next(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

    public void NextRedirectsTo(Uri url) => Next(context =>
    {
        context.Response.Redirect(url.AbsoluteUri, permanent: false, preserveMethod: true);
        return Task.CompletedTask;
    });

    /// <summary>The next call is answered at length; how many bytes went out before the caller hung up comes back.</summary>
    public Task<long> NextAnswersWith(int megabytes)
    {
        var sent = 0L;
        var ended = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Next(async context =>
        {
            var piece = new byte[64 * 1024];
            try
            {
                for (var left = megabytes * 16; left > 0; left--)
                {
                    // Counted first: a caller may hang up on the first of it.
                    sent += piece.Length;
                    await context.Response.Body.WriteAsync(piece, context.RequestAborted);

                    // What is written to a caller who has hung up is dropped without a word, until the hanging up is noticed.
                    await Task.Delay(1, context.RequestAborted);
                }
            }
            finally
            {
                ended.SetResult(sent);
            }
        });
        return ended.Task;
    }

    public async ValueTask DisposeAsync()
    {
        // Not after the thirty seconds that calls which hang would be given.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Calls.Enqueue(new ReceivedWebhook(context.Request.Path + context.Request.QueryString, headers, body.ToArray()));
        await (_script.TryDequeue(out var scripted) ? scripted : Answer)(context);
    }
}
