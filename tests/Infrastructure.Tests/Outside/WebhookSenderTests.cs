using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Chat.Application.Ports;
using Chat.Infrastructure.Outside;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using static Chat.Application.Ports.OutsideResult;

namespace Chat.Infrastructure.Tests.Outside;

public sealed class WebhookSenderTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string OtherSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Json = """{"type":"conversation.created","data":{"id":"ü🙂"}}""";
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, 500, TimeSpan.Zero);

    private readonly ConcurrentQueue<string> _lookedUp = new();
    private FakeReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await FakeReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public void A_call_is_signed_as_the_standard_has_it() =>
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Of(
                WebhookSignature.Key(Secret)!, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));

    [Fact]
    public async Task A_call_carries_the_body_as_it_is_and_proves_where_it_comes_from()
    {
        using var trace = new Activity("something of ours").Start();

        Assert.Equal(new Sent(), await SendAsync(new Uri(_receiver.Address, "/hook?for=us"), OtherSecret));

        var call = Assert.Single(_receiver.Calls);
        Assert.Equal(
            ("/hook?for=us", "msg_1", "conversation.created", Json, "application/json", "Chat/1.0"),
            (call.Path, call.Id, call.Type, call.Text, call.Headers["Content-Type"], call.Headers["User-Agent"]));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds()), call.SentAt);
        Assert.True(call.IsSignedWith(OtherSecret));
        Assert.False(call.IsSignedWith(Secret));
        Assert.DoesNotContain(call.Headers.Keys, name => name.ToLowerInvariant() is "traceparent" or "cookie" or "authorization");
    }

    [Fact]
    public async Task While_a_secret_is_replaced_either_proves_it()
    {
        await SendAsync(_receiver.Address, Secret, OtherSecret);

        var call = Assert.Single(_receiver.Calls);
        Assert.True(call.IsSignedWith(Secret) && call.IsSignedWith(OtherSecret));
    }

    [Fact]
    public async Task Without_a_secret_a_call_is_not_signed()
    {
        Assert.Equal(new Sent(), await SendAsync(_receiver.Address, secret: null));

        Assert.DoesNotContain("webhook-signature", Assert.Single(_receiver.Calls).Headers.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=")]
    public async Task A_secret_that_proves_nothing_signs_nothing(string secret)
    {
        Assert.Equal(new Refused("secret.not_valid"), await SendAsync(_receiver.Address, secret));
        Assert.Equal(new Refused("secret.not_valid"), await SendAsync(_receiver.Address, Secret, secret));
        Assert.Empty(_receiver.Calls);
    }

    public static TheoryData<int, OutsideResult> Answers => new()
    {
        { 200, new Sent() },
        { 201, new Sent() },
        { 204, new Sent() },
        { 301, new Refused("redirect") },
        { 304, new Refused("redirect") },
        { 400, new Refused("http_400") },
        { 401, new Refused("http_401") },
        { 404, new Refused("http_404") },
        { 408, new Unavailable("http_408") },
        { 410, new Refused("gone") },
        { 425, new Unavailable("http_425") },
        { 429, new Unavailable("http_429") },
        { 500, new Unavailable("http_500") },
        { 503, new Unavailable("http_503") },
        { 599, new Unavailable("http_599") },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_means(int status, OutsideResult expected)
    {
        _receiver.Next(status);

        Assert.Equal(expected, await SendAsync(_receiver.Address));
        Assert.Single(_receiver.Calls);
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("86400", 3600.0)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("Mon, 05 Jan 2026 09:01:30 GMT", 89.5)]
    [InlineData("Mon, 05 Jan 2026 08:59:00 GMT", null)]
    [InlineData("Wed, 05 Jan 2039 09:00:00 GMT", 3600.0)]
    public async Task A_receiver_says_when_to_come_back(string retryAfter, double? seconds)
    {
        _receiver.Next(StatusCodes.Status503ServiceUnavailable, retryAfter);

        Assert.Equal(new Unavailable("http_503", seconds is { } pause ? TimeSpan.FromSeconds(pause) : null), await SendAsync(_receiver.Address));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await FakeReceiver.StartAsync();
        _receiver.NextRedirectsTo(elsewhere.Address);

        Assert.Equal(new Refused("redirect"), await SendAsync(_receiver.Address));
        Assert.Empty(elsewhere.Calls);
    }

    [Fact]
    public async Task No_cookie_is_kept()
    {
        _receiver.Next(context =>
        {
            context.Response.Cookies.Append("seen", "yes");
            return Task.CompletedTask;
        });
        using var http = Http();

        await SendAsync(http, _receiver.Address);
        await SendAsync(http, _receiver.Address);

        Assert.All(_receiver.Calls, call => Assert.DoesNotContain("Cookie", call.Headers.Keys));
        Assert.Equal(2, _receiver.Calls.Count);
    }

    [Fact]
    public async Task An_answer_that_never_begins_is_not_waited_for()
    {
        _receiver.NextHangs();

        Assert.Equal(new Unavailable("timeout"), await SendAsync(_receiver.Address, patience: TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task A_look_up_that_never_ends_is_not_waited_for()
    {
        using var http = Http(TimeSpan.FromMilliseconds(300), async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return [];
        });

        Assert.Equal(new Unavailable("timeout"), await SendAsync(http, new Uri("https://slow.example")));
    }

    [Fact]
    public async Task Of_a_long_answer_little_is_read()
    {
        var sent = _receiver.NextAnswersWith(megabytes: 10);
        using var http = Http();

        Assert.Equal(new Sent(), await SendAsync(http, _receiver.Address));

        Assert.InRange(await sent.WaitAsync(TimeSpan.FromSeconds(5)), 1, (10 * 1024 * 1024) - 1);
    }

    [Fact]
    public async Task Headers_without_end_are_not_read()
    {
        _receiver.Next(context =>
        {
            context.Response.Headers["x-long"] = new string('x', 100_000);
            return Task.CompletedTask;
        });

        Assert.Equal(new Unavailable("bad_answer"), await SendAsync(_receiver.Address));
    }

    [Fact]
    public async Task A_connection_that_breaks_may_work_later()
    {
        _receiver.Next(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.Equal(new Unavailable("unreachable"), await SendAsync(_receiver.Address));
    }

    [Fact]
    public async Task Nobody_there_may_work_later() =>
        Assert.Equal(new Unavailable("unreachable"), await SendAsync(new Uri($"http://127.0.0.1:{ClosedPort()}")));

    [Fact]
    public async Task A_name_that_nobody_knows_may_be_known_later()
    {
        using var http = Http(resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Equal(new Unavailable("unreachable"), await SendAsync(http, new Uri("https://nowhere.example")));
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_not_talked_to()
    {
        using var certificate = SelfSigned.Certificate();
        await using var receiver = await FakeReceiver.StartAsync(certificate);

        Assert.Equal(new Unavailable("tls"), await SendAsync(receiver.Address));
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task Whoever_stops_the_call_hears_that_it_stopped()
    {
        using var stop = new CancellationTokenSource();
        _receiver.Next(async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var http = Http();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new WebhookSender(http).SendAsync(new WebhookTarget(_receiver.Address, Secret), "msg_1", "a.b", Json, Now, stop.Token));
    }

    [Theory]
    [InlineData("http://customer.example/")]
    [InlineData("http://8.8.8.8/")]
    [InlineData("ftp://customer.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://somebody:secret@customer.example/")]
    [InlineData("https://localhost.evil.example@127.0.0.2/")]
    [InlineData("https://127.0.0.2/")]
    [InlineData("https://2130706434/")]
    [InlineData("https://0x7f000002/")]
    [InlineData("https://0177.0.0.2/")]
    [InlineData("https://127.2/")]
    [InlineData("https://0/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:2]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[64:ff9b::a00:1]/")]
    public async Task An_address_inside_is_not_called_however_it_is_written(string url)
    {
        Assert.Equal(new Refused("address.not_allowed"), await SendAsync(new Uri(url)));
        Assert.DoesNotContain(_lookedUp, host => host == "customer.example");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd12::1")]
    [InlineData("127.0.0.1", "10.0.0.1", "::1")]
    public async Task A_name_that_stands_for_an_address_inside_is_not_called(params string[] addresses)
    {
        using var http = Http(resolve: Knows("rebound.example", addresses));

        Assert.Equal(new Refused("address.not_allowed"), await SendAsync(http, new Uri($"https://rebound.example:{_receiver.Address.Port}/")));
        Assert.Equal(["rebound.example"], _lookedUp);
        Assert.Empty(_receiver.Calls);
    }

    [Fact]
    public async Task Of_the_addresses_of_a_name_only_those_inside_are_left_out()
    {
        using var http = Http(resolve: Knows("pager.internal", "169.254.169.254", "127.0.0.1"), vouchedFor: "pager.internal");

        Assert.Equal(new Sent(), await SendAsync(http, new Uri($"http://pager.internal:{_receiver.Address.Port}/")));
    }

    [Fact]
    public async Task What_is_left_out_is_not_called_when_the_rest_cannot_be_reached()
    {
        // 0.0.0.0 would lead to the receiver; at 127.0.0.4 there is nobody.
        using var http = Http(TimeSpan.FromSeconds(1), Knows("pager.internal", "0.0.0.0", "127.0.0.4"), "pager.internal");

        Assert.IsType<Unavailable>(await SendAsync(http, new Uri($"http://pager.internal:{_receiver.Address.Port}/")));
        Assert.Empty(_receiver.Calls);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_leads_to_the_address_that_was_checked()
    {
        var answers = new Queue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("169.254.169.254")]);
        using var http = Http(resolve: (_, _) => Task.FromResult(new[] { answers.Dequeue() }), vouchedFor: "pager.internal");

        Assert.Equal(new Sent(), await SendAsync(http, new Uri($"http://pager.internal:{_receiver.Address.Port}/")));
        Assert.Single(answers);
    }

    [Fact]
    public async Task A_host_that_the_operator_vouches_for_may_be_inside()
    {
        using var http = Http(resolve: Knows("pager.internal", "127.0.0.1"), vouchedFor: "Pager.internal");

        Assert.Equal(new Sent(), await SendAsync(http, new Uri($"http://pager.internal:{_receiver.Address.Port}/")));
        Assert.Equal($"pager.internal:{_receiver.Address.Port}", Assert.Single(_receiver.Calls).Headers["Host"]);
    }

    [Theory]
    [InlineData("pager.internal.evil.example")]
    [InlineData("sub.pager.internal")]
    [InlineData("pager.internal.")]
    public async Task No_other_host_may_be_inside_for_its_sake(string host)
    {
        using var http = Http(resolve: (_, _) => Task.FromResult(new[] { IPAddress.Loopback }), vouchedFor: "pager.internal");

        Assert.Equal(new Refused("address.not_allowed"), await SendAsync(http, new Uri($"https://{host}:{_receiver.Address.Port}/")));
    }

    [Fact]
    public async Task A_host_that_the_operator_vouches_for_is_still_no_clouds_instance_data()
    {
        using var http = Http(resolve: Knows("pager.internal", "169.254.169.254"), vouchedFor: "pager.internal");

        Assert.Equal(new Refused("address.not_allowed"), await SendAsync(http, new Uri("http://pager.internal/")));
    }

    [Theory]
    [InlineData("127.0.0.4")]
    [InlineData("10.255.255.1")]
    public async Task An_address_that_does_not_answer_leaves_time_for_the_next(string silent)
    {
        using var http = Http(TimeSpan.FromSeconds(4), Knows("pager.internal", silent, "127.0.0.1"), "pager.internal");

        Assert.Equal(new Sent(), await SendAsync(http, new Uri($"http://pager.internal:{_receiver.Address.Port}/")));
    }

    [Fact]
    public async Task A_host_too_long_to_look_up_is_not_there()
    {
        var host = string.Join('.', Enumerable.Repeat(new string('a', 60), 6)) + ".example";
        using var http = new SafeHttp(Options.Create(new OutsideOptions()));

        Assert.Equal(new Unavailable("unreachable"), await SendAsync(http, new Uri($"https://{host}/")));
    }

    private async Task<OutsideResult> SendAsync(Uri url, string? secret = Secret, string? previousSecret = null, TimeSpan? patience = null)
    {
        using var http = Http(patience);
        return await SendAsync(http, url, secret, previousSecret);
    }

    private static Task<OutsideResult> SendAsync(SafeHttp http, Uri url, string? secret = Secret, string? previousSecret = null) =>
        new WebhookSender(http).SendAsync(
            new WebhookTarget(url, secret, previousSecret), "msg_1", "conversation.created", Json, Now, CancellationToken.None);

    private SafeHttp Http(
        TimeSpan? patience = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, string vouchedFor = "127.0.0.1") => new(
        Options.Create(new OutsideOptions { AllowedPrivateHosts = [vouchedFor], Timeout = patience ?? TimeSpan.FromSeconds(10) }),
        resolve ?? Knows("nobody.example"));

    private Func<string, CancellationToken, Task<IPAddress[]>> Knows(string known, params string[] addresses) => (host, _) =>
    {
        _lookedUp.Enqueue(host);
        return host == known
            ? Task.FromResult(addresses.Select(address => IPAddress.Parse(address)).ToArray())
            : throw new SocketException((int)SocketError.HostNotFound);
    };

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
