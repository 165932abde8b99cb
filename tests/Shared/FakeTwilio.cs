using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Tests;

/// <summary>A text as it reached the provider.</summary>
public sealed record SentText(string Sid, string AccountSid, string To, string From, string Body, string StatusCallback);

/// <summary>Twilio at the network's edge: its REST API over real HTTP, Basic auth checked, errors as Twilio words them.</summary>
public sealed class FakeTwilio : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _accounts = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Task<bool>>>> _scripts = new();
    private int _next;

    private FakeTwilio(WebApplication app) => _app = app;

    public ConcurrentQueue<SentText> Sent { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    public static async Task<FakeTwilio> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var twilio = new FakeTwilio(app);
        app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", twilio.SendAsync);
        await app.StartAsync();
        return twilio;
    }

    public void AddAccount(string sid, string token) => _accounts[sid] = token;

    /// <summary>What the account's next request is answered with, once: true means that it was answered, false that it goes through.</summary>
    public void Next(string account, Func<HttpContext, Task<bool>> answer) => _scripts.GetOrAdd(account, _ => new()).Enqueue(answer);

    public void Refuse(string account, int status, int code) => Next(account, async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new { code, message = "refused", more_info = $"https://www.twilio.com/docs/errors/{code}", status });
        return true;
    });

    /// <summary>The texts that one account has sent to one number, in order.</summary>
    public IReadOnlyList<SentText> To(string account, string number) => [.. Sent.Where(text => text.AccountSid == account && text.To == number)];

    /// <summary>Signs a form as Twilio does: the address, then each name and value in the order of names.</summary>
    public static string Sign(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = url + string.Concat(form.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + pair.Value));
#pragma warning disable CA5350 // Twilio signs with HMAC-SHA1.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task SendAsync(HttpContext context, string account)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{_accounts.GetValueOrDefault(account)}"));
        if (context.Request.Headers.Authorization != expected)
        {
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            await context.Response.WriteAsJsonAsync(new { code = 20003, message = "Authenticate", status = 401 });
            return;
        }

        if (_scripts.TryGetValue(account, out var script) && script.TryDequeue(out var answer) && await answer(context))
        {
            return;
        }

        var form = await context.Request.ReadFormAsync();
        var sid = "SM" + Interlocked.Increment(ref _next).ToString("x32", CultureInfo.InvariantCulture);
        Sent.Enqueue(new SentText(sid, account, form["To"]!, form["From"]!, form["Body"]!, form["StatusCallback"]!));
        context.Response.StatusCode = (int)HttpStatusCode.Created;
        await context.Response.WriteAsJsonAsync(new { sid, status = "queued", num_segments = "1", error_code = (int?)null, error_message = (string?)null });
    }
}
