using System.Net;
using System.Net.Sockets;
using Chat.Application.Ports;
using Chat.Infrastructure.Channels.Twilio;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Chat.Application.Ports.SendResult;

namespace Chat.Infrastructure.Tests.Channels.Twilio;

public sealed class TwilioSendingTests : IAsyncLifetime
{
    private const string Texter = "+15550110001";

    private TwilioStub _twilio = null!;

    public async Task InitializeAsync() => _twilio = await TwilioStub.StartAsync();

    public async Task DisposeAsync() => await _twilio.DisposeAsync();

    [Fact]
    public async Task A_message_is_handed_over_as_a_signed_in_form()
    {
        var result = await SendAsync(A.TwilioAccount());

        Assert.Equal(new Accepted("SM9"), result);
        var call = Assert.Single(_twilio.Calls);
        Assert.Equal(
            ("POST", "/2010-04-01/Accounts/AC1/Messages.json", "application/x-www-form-urlencoded", "AC1:12345"),
            (call.Method, call.Path, call.ContentType, call.LogIn));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["To"] = Texter,
                ["From"] = "+15550100000",
                ["Body"] = "Hello & ¿cómo estás? 🙂\n+1",
                ["StatusCallback"] = "https://chat.example/api/webhooks/twilio/status",
            },
            call.Form);
    }

    [Theory]
    [InlineData("+15550100000", null, Texter, "From=+15550100000")]
    [InlineData("741741", null, Texter, "From=741741")]
    [InlineData("+15550100000", "MG1", Texter, "MessagingServiceSid=MG1")]
    [InlineData("MG2", null, Texter, "MessagingServiceSid=MG2")]
    [InlineData("MG2", "MG1", Texter, "MessagingServiceSid=MG1")]
    [InlineData("+15550100000", null, "whatsapp:+15550110001", "From=whatsapp:+15550100000")]
    [InlineData("MG2", null, "whatsapp:+15550110001", "MessagingServiceSid=MG2")]
    public async Task A_message_comes_from_the_channels_number_or_service(string address, string? service, string to, string sender)
    {
        await SendAsync(A.TwilioAccount(address, messagingServiceSid: service), to);

        var form = Assert.Single(_twilio.Calls).Form;
        Assert.Equal(to, form["To"]);
        Assert.Equal(sender, Assert.Single(form, field => field.Key is "From" or "MessagingServiceSid") is var (name, value) ? $"{name}={value}" : null);
    }

    [Fact]
    public async Task Messages_go_below_the_path_that_is_set()
    {
        await SendAsync(A.TwilioAccount(), baseUrl: new Uri(_twilio.Address, "/api/demo/twilio"));

        Assert.Equal("/api/demo/twilio/2010-04-01/Accounts/AC1/Messages.json", Assert.Single(_twilio.Calls).Path);
    }

    public static TheoryData<int, string, SendResult> Answers => new()
    {
        { 201, """{"sid":"SM7"}""", new Accepted("SM7") },
        { 200, """{"sid":"SM7","status":"accepted","unheard_of":[1]}""", new Accepted("SM7") },
        { 201, """{"status":"queued"}""", new Unavailable("twilio.bad_answer") },
        { 201, """{"sid":""}""", new Unavailable("twilio.bad_answer") },
        { 201, """{"sid":7}""", new Unavailable("twilio.bad_answer") },
        { 201, """{"sid":"\ud800"}""", new Unavailable("twilio.bad_answer") },
        { 201, """["sid"]""", new Unavailable("twilio.bad_answer") },
        { 201, "null", new Unavailable("twilio.bad_answer") },
        { 201, """{"sid":"SM""", new Unavailable("twilio.bad_answer") },
        { 201, "", new Unavailable("twilio.bad_answer") },
        { 204, "", new Unavailable("twilio.bad_answer") },
        { 400, """{"code":21211,"message":"Invalid 'To'","more_info":"https://www.twilio.com/docs/errors/21211","status":400}""", new Refused("twilio.21211") },
        { 400, """{"code":21610,"message":"unsubscribed recipient","status":400}""", new Refused("twilio.21610", TexterStopped: true) },
        { 400, """{"code":21617,"status":400}""", new Refused("twilio.21617") },
        { 400, """{"code":21611,"status":400}""", new Unavailable("twilio.21611") },
        { 400, """{"code":30001,"status":400}""", new Unavailable("twilio.30001") },
        { 400, """{"code":30008,"status":400}""", new Unavailable("twilio.30008") },
        { 401, """{"code":20003,"message":"Authenticate","status":401}""", new Refused("twilio.20003") },
        { 404, """{"code":20404,"status":404}""", new Refused("twilio.20404") },
        { 404, "<html>Not here</html>", new Unavailable("twilio.bad_answer") },
        { 400, """{"message":"no code"}""", new Unavailable("twilio.bad_answer") },
        { 400, """{"code":"twenty"}""", new Unavailable("twilio.bad_answer") },
        { 429, """{"code":20429,"status":429}""", new Unavailable("twilio.20429") },
        { 429, "", new Unavailable("twilio.http_429") },
        { 500, """{"code":20500,"status":500}""", new Unavailable("twilio.20500") },
        { 500, "", new Unavailable("twilio.http_500") },
        { 503, "<html>Sorry</html>", new Unavailable("twilio.http_503") },
        { 302, "", new Unavailable("twilio.bad_answer") },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_means(int status, string body, SendResult expected)
    {
        _twilio.Answer = context => status == StatusCodes.Status204NoContent ? NoContent(context) : TwilioStub.Json(context, status, body);

        Assert.Equal(expected, await SendAsync(A.TwilioAccount()));
        Assert.Single(_twilio.Calls);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 900)]
    [InlineData("0", null)]
    [InlineData("soon", null)]
    [InlineData("Mon, 05 Jan 2026 09:01:30 GMT", 90)]
    [InlineData("Mon, 05 Jan 2026 08:59:00 GMT", null)]
    public async Task Twilio_says_when_to_come_back(string retryAfter, int? seconds)
    {
        _twilio.Answer = context =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return TwilioStub.Json(context, StatusCodes.Status429TooManyRequests, """{"code":20429}""");
        };

        Assert.Equal(new Unavailable("twilio.20429", seconds is { } wait ? TimeSpan.FromSeconds(wait) : null), await SendAsync(A.TwilioAccount()));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_accounts_token()
    {
        _twilio.Answer = context =>
        {
            context.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        Assert.IsType<Unavailable>(await SendAsync(A.TwilioAccount()));
        Assert.Single(_twilio.Calls);
    }

    [Fact]
    public async Task An_answer_that_never_begins_is_not_waited_for()
    {
        _twilio.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        Assert.Equal(new Unavailable("twilio.timeout"), await SendAsync(A.TwilioAccount(), patience: TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_not_waited_for()
    {
        _twilio.Answer = async context =>
        {
            await context.Response.WriteAsync("""{"sid":""");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        Assert.Equal(new Unavailable("twilio.timeout"), await SendAsync(A.TwilioAccount(), patience: TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task An_answer_without_end_is_not_kept()
    {
        _twilio.Answer = context => TwilioStub.Json(context, StatusCodes.Status201Created, $$"""{"sid":"SM1","more":"{{new string('x', 100_000)}}"}""");

        Assert.Equal(new Unavailable("twilio.bad_answer"), await SendAsync(A.TwilioAccount()));
    }

    [Fact]
    public async Task A_connection_that_breaks_may_work_later()
    {
        _twilio.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        Assert.Equal(new Unavailable("twilio.unreachable"), await SendAsync(A.TwilioAccount()));
    }

    [Fact]
    public async Task Nobody_there_may_work_later() =>
        Assert.Equal(new Unavailable("twilio.unreachable"), await SendAsync(A.TwilioAccount(), baseUrl: new Uri($"http://127.0.0.1:{ClosedPort()}")));

    [Fact]
    public async Task Whoever_stops_the_sending_hears_that_it_stopped()
    {
        using var stop = new CancellationTokenSource();
        _twilio.Answer = async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(A.TwilioAccount(), cancellationToken: stop.Token));
    }

    [Theory]
    [InlineData("accountSid")]
    [InlineData("authToken")]
    public async Task A_channel_without_credentials_calls_nobody(string only)
    {
        Assert.Equal(new Refused("twilio.credentials_missing"), await SendAsync(A.Account("+15550100000", new() { [only] = "x" }, [])));
        Assert.Empty(_twilio.Calls);
    }

    [Theory]
    [InlineData("BaseUrl", "ftp://twilio.example")]
    [InlineData("Timeout", "00:00:00")]
    public void Settings_that_cannot_work_are_refused(string setting, string value)
    {
        using var services = Services(new() { [$"Channels:Twilio:{setting}"] = value });

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains($"Channels:Twilio:{setting}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_settings_messages_go_to_Twilio()
    {
        using var services = Services([]);

        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(TwilioSms.Client);
        Assert.Equal((new Uri("https://api.twilio.com"), TimeSpan.FromSeconds(10)), (client.BaseAddress, client.Timeout));
    }

    private async Task<SendResult> SendAsync(
        ChannelAccount account, string to = Texter, Uri? baseUrl = null, TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        await using var services = Services(new()
        {
            ["PublicUrl"] = A.Origin.ToString(),
            ["Channels:Twilio:BaseUrl"] = (baseUrl ?? _twilio.Address).ToString(),
            ["Channels:Twilio:Timeout"] = (patience ?? TimeSpan.FromSeconds(10)).ToString("c"),
        });
        return await services.GetRequiredService<IChannelAdapter>().SendAsync(account, to, "Hello & ¿cómo estás? 🙂\n+1", cancellationToken);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<TimeProvider>(new StoppedClock())
        .AddTwilio(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .BuildServiceProvider();

    private static Task NoContent(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    }
}
