using System.Collections.Concurrent;
using Chat.Application.Ports;
using Chat.Domain.Channels;
using Chat.Domain.Messages;
using Chat.Infrastructure.Channels.Twilio;
using Chat.Infrastructure.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Chat.Application.Ports.WebhookReading;

namespace Chat.Infrastructure.Tests.Demo;

/// <summary>The pretend Twilio against an installation's webhooks, which know it only by its signature.</summary>
public sealed class DemoTwilioTests : IAsyncLifetime
{
    private static readonly DemoChannel Channel = DemoSettings.Default.Channel;
    private readonly ConcurrentQueue<WebhookReading> _readings = new();
    private int _answer = StatusCodes.Status200OK;
    private WebApplication _app = null!;

    private DemoTwilio Twilio => _app.Services.GetRequiredService<DemoTwilio>();

    private DemoPhones Phones => _app.Services.GetRequiredService<DemoPhones>();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://*:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["PublicUrl"] = A.Origin.ToString() });
        builder.Services.AddTwilio(builder.Configuration).AddDemo(builder.Configuration, builder.Environment);
        _app = builder.Build();
        _app.Run(TakeAsync);
        await _app.StartAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_text_from_a_phone_comes_in_as_a_signed_message()
    {
        var phone = Phones.Add();

        Assert.True(await Twilio.TextInAsync(phone, "HELLO & ¿quién? 🙂 100%", default));

        var arrived = Assert.IsType<MessageArrived>(Assert.Single(_readings));
        Assert.Equal((phone.Number, "HELLO & ¿quién? 🙂 100%"), (arrived.ExternalId, arrived.Text));
        Assert.Matches("^SM[0-9a-f]{32}$", arrived.ProviderMessageId);
    }

    [Fact]
    public async Task A_text_that_the_webhook_does_not_take_has_failed()
    {
        _answer = StatusCodes.Status503ServiceUnavailable;

        Assert.False(await Twilio.TextInAsync(Phones.Add(), "HELLO", default));
    }

    [Fact]
    public async Task A_message_to_a_phone_arrives_and_is_reported_sent_then_delivered()
    {
        var phone = Phones.Add();

        var taken = Twilio.Take(phone.Number, Channel.Address, "Hi, I'm Robin", "https://chat.example/api/webhooks/twilio/status");

        Assert.Equal("Hi, I'm Robin", Assert.Single(Phones.Texts(phone.Id, null)).Text);
        await Until(() => _readings.Count == 2);
        Assert.Equal(
            [new DeliveryChanged(taken.MessageSid, MessageStatus.Sent, null), new DeliveryChanged(taken.MessageSid, MessageStatus.Delivered, null)], _readings);
    }

    [Fact]
    public async Task A_message_to_a_number_that_nobody_has_goes_nowhere_and_is_reported_all_the_same()
    {
        Twilio.Take("+15550100007", Channel.Address, "Hi", "https://chat.example/api/webhooks/twilio/status");

        await Until(() => _readings.Count == 2);
    }

    [Theory]
    [InlineData("https://chat.example/api/webhooks/twilio/status", true)]
    [InlineData("https://CHAT.example:443/x?y=z", true)]
    [InlineData("https://chat.example.evil.example/", false)]
    [InlineData("https://chat.example@evil.example/", false)]
    [InlineData("http://chat.example/", false)]
    [InlineData("https://chat.example:8443/", false)]
    [InlineData("/api/webhooks/twilio/status", false)]
    public void Reports_go_to_this_installation_only(string callback, bool may) => Assert.Equal(may, Twilio.MayReportTo(callback));

    [Fact]
    public void With_the_demo_on_messages_go_to_the_pretend_Twilio_of_this_process()
    {
        using var client = _app.Services.GetRequiredService<IHttpClientFactory>().CreateClient(TwilioSms.Client);

        Assert.Equal($"http://localhost:{new Uri(_app.Urls.Single()).Port}/api/demo/twilio/", client.BaseAddress?.AbsoluteUri);
    }

    [Fact]
    public void An_address_of_Twilios_that_is_set_stays_set()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Channels:Twilio:BaseUrl"] = "http://stub.example" });
        builder.Services.AddTwilio(builder.Configuration).AddDemo(builder.Configuration, builder.Environment);
        using var services = builder.Services.BuildServiceProvider();

        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(TwilioSms.Client);
        Assert.Equal(new Uri("http://stub.example"), client.BaseAddress);
    }

    [Fact]
    public void Production_has_no_demo()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });

        Assert.Throws<InvalidOperationException>(() => builder.Services.AddDemo(builder.Configuration, builder.Environment));
    }

    [Fact]
    public void Every_demo_log_in_could_be_a_real_one()
    {
        Assert.All(DemoSettings.Default.Accounts, account => Assert.True(account.Password.Length >= 12));
        Assert.Equal(DemoSettings.Default.Accounts.Count, DemoSettings.Default.Accounts.DistinctBy(account => account.Email).Count());
        Assert.Single(DemoSettings.Default.Accounts, account => account.OfPlatform);
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var kind = context.Request.Path.Value!.EndsWith("/status", StringComparison.Ordinal) ? "status" : "message";
        var call = new WebhookCall(
            Provider.Twilio, kind, context.Request.GetEncodedPathAndQuery(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), body.ToArray());
        var adapter = context.RequestServices.GetRequiredService<IChannelAdapter>();
        var account = A.Account(Channel.Address, new() { ["accountSid"] = Channel.AccountSid, ["authToken"] = Channel.AuthToken }, []);

        Assert.Equal([Channel.Address], adapter.Addresses(call));
        _readings.Enqueue(adapter.Read(call, account));
        context.Response.StatusCode = _answer;
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (var wait = 0; wait < 200 && !isSo(); wait++)
        {
            await Task.Delay(50);
        }

        Assert.True(isSo());
    }
}
