using Chat.Application.Ports;
using Chat.Infrastructure.Outside;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Chat.Application.Ports.OutsideResult;

namespace Chat.Infrastructure.Tests.Outside;

public sealed class SmtpMailTests : IAsyncLifetime
{
    private const string Supervisor = "supervisor@centre.example";

    private FakeMail _server = null!;

    public Task InitializeAsync()
    {
        _server = FakeMail.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        Assert.Equal(new Sent(), await SendAsync("Escalation: ¿cómo? 🙂", "Somebody waits.\nPlease look — now.\r\nÜ"));

        var mail = Assert.Single(_server.Received);
        Assert.Equal(("chat@platform.example", Supervisor), (mail.From, Assert.Single(mail.To)));
        Assert.Equal("Escalation: ¿cómo? 🙂", mail.Subject);
        Assert.Equal("Somebody waits.\r\nPlease look — now.\r\nÜ", mail.Text.TrimEnd());
        Assert.Equal(("\"The platform\" <chat@platform.example>", Supervisor), (mail.Header("From"), mail.Header("To")));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Equal("text/plain; charset=utf-8", mail.Header("Content-Type"));
        Assert.Matches("^<[0-9a-f]{32}@platform.example>$", mail.Header("Message-ID"));
        Assert.All(mail.Raw, unit => Assert.True(unit < 128));
    }

    [Theory]
    [InlineData(".")]
    [InlineData(".\r\n.\r\n..\r\n")]
    [InlineData("before\r\n.\r\nMAIL FROM:<a@evil.example>\r\nRCPT TO:<b@evil.example>\r\nDATA\r\nafter")]
    [InlineData("before\n.\nMAIL FROM:<a@evil.example>")]
    [InlineData("before\r.\rMAIL FROM:<a@evil.example>")]
    [InlineData("a = b =20 =\r\n\ttab at the end\t\r\nspace at the end \r\n")]
    public async Task No_line_of_a_text_ends_the_mail(string text)
    {
        Assert.Equal(new Sent(), await SendAsync("x", text));

        Assert.Equal(text.ReplaceLineEndings("\r\n").TrimEnd('\r', '\n'), Assert.Single(_server.Received).Text.TrimEnd('\r', '\n'));
        Assert.Single(_server.Said, line => line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_without_line_ends_is_cut_into_lines_that_every_server_takes()
    {
        var text = string.Concat(Enumerable.Repeat("🙂.", 2000));

        await SendAsync("x", text);

        var mail = Assert.Single(_server.Received);
        Assert.Equal(text, mail.Text.TrimEnd());
        Assert.All(mail.Raw.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    [Theory]
    [InlineData("Hello\r\nBcc: all@evil.example", "Hello  Bcc: all@evil.example")]
    [InlineData("Hello\nBcc: all@evil.example", "Hello Bcc: all@evil.example")]
    [InlineData("Hello\rBcc: all@evil.example", "Hello Bcc: all@evil.example")]
    [InlineData("Hello\0\u0085there\u007f", "Hello  there")]
    [InlineData("Grüße\r\n\r\nBody", "Grüße    Body")]
    public async Task No_subject_makes_a_header(string subject, string arrives)
    {
        Assert.Equal(new Sent(), await SendAsync(subject, "text"));

        AssertHeadersAreOurs();
        Assert.Equal(arrives, Assert.Single(_server.Received).Subject);
    }

    [Theory]
    [InlineData("=?utf-8?B?SGVsbG8NCkJjYzogYWxsQGV2aWwuZXhhbXBsZQ==?=")]
    [InlineData("=?utf-8?Q?Hello=0D=0ABcc:_all@evil.example?=")]
    [InlineData("ü =?utf-8?Q?Hello=0D=0ABcc:_all@evil.example?=")]
    [InlineData("=\r\n?utf-8?Q?Hello?=")]
    public async Task A_subject_is_read_as_it_stands_and_not_decoded(string subject)
    {
        Assert.Equal(new Sent(), await SendAsync(subject, "text"));

        AssertHeadersAreOurs();
        Assert.Equal(subject.Replace("=?", "= ?", StringComparison.Ordinal).ReplaceLineEndings("  "), Assert.Single(_server.Received).Subject);
    }

    [Fact]
    public async Task A_long_subject_arrives_whole()
    {
        var subject = string.Concat(Enumerable.Repeat("Ü🙂 word ", 60)).Trim();

        await SendAsync(subject, "text");

        Assert.Equal(subject, Assert.Single(_server.Received).Subject);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example")]
    [InlineData("a@")]
    [InlineData("a b@example.com")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("a@example.com;b@example.com")]
    [InlineData("Name <a@example.com>")]
    [InlineData("<a@example.com>")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("a(comment)@example.com")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a@example.com\nRCPT TO:<b@example.com>")]
    [InlineData("a@example.com>\r\nDATA")]
    [InlineData("a@b@example.com")]
    [InlineData("a\0@example.com")]
    [InlineData("ä@example.com")]
    public async Task What_is_not_one_bare_address_gets_no_mail(string to)
    {
        Assert.Equal(new Refused("address.not_valid"), await SendAsync("x", "y", to: to));
        Assert.Empty(_server.Said);
    }

    public static TheoryData<string, string, OutsideResult> Answers => new()
    {
        { "CONNECT", "421 4.3.2 Shutting down", new Unavailable("smtp_421") },
        { "CONNECT", "554 5.7.1 Not from there", new Refused("smtp_554") },
        { "MAIL", "451 4.3.0 Try again", new Unavailable("smtp_451") },
        { "MAIL", "530 5.7.0 Authentication required", new Unavailable("smtp_530") },
        { "MAIL", "550 5.7.1 Sender not allowed", new Refused("smtp_550") },
        { "RCPT", "421 4.7.0 Too many", new Unavailable("smtp_421") },
        { "RCPT", "450 4.2.1 Greylisted", new Unavailable("smtp_450") },
        { "RCPT", "452 4.2.2 Mailbox full", new Unavailable("smtp_452") },
        { "RCPT", "550 5.1.1 No such mailbox", new Refused("smtp_550") },
        { "RCPT", "550-5.1.1 No such\r\n550 5.1.1 mailbox", new Refused("smtp_550") },
        { "RCPT", "553 5.1.3 Bad address", new Refused("smtp_553") },
        { "DATA", "451 4.3.0 Try again", new Unavailable("smtp_451") },
        { "DATA", "554 5.5.1 No valid recipients", new Refused("smtp_554") },
        { "CONTENT", "452 4.3.1 No room", new Unavailable("smtp_452") },
        { "CONTENT", "554 5.7.1 Looks like spam", new Refused("smtp_554") },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_means(string verb, string answer, OutsideResult expected)
    {
        _server.Next(verb, answer);

        Assert.Equal(expected, await SendAsync("x", "y"));
        Assert.Empty(_server.Received);
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData("CONTENT")]
    public async Task A_server_that_says_nothing_is_not_waited_for(string verb)
    {
        _server.HangAt(verb);

        Assert.Equal(new Unavailable("timeout"), await SendAsync("x", "y", patience: TimeSpan.FromMilliseconds(300)).WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("RCPT")]
    [InlineData("CONTENT")]
    public async Task A_server_that_hangs_up_may_take_it_later(string verb)
    {
        _server.HangUpAt(verb);

        Assert.Equal(new Unavailable("unreachable"), await SendAsync("x", "y"));
    }

    [Theory]
    [InlineData("CONNECT", "what?")]
    [InlineData("EHLO", "")]
    [InlineData("MAIL", "999999999999 ok")]
    [InlineData("CONTENT", "ok")]
    public async Task A_server_that_talks_nonsense_may_make_sense_later(string verb, string answer)
    {
        _server.Next(verb, answer);

        Assert.IsType<Unavailable>(await SendAsync("x", "y", patience: TimeSpan.FromMilliseconds(500)));
    }

    [Fact]
    public async Task Nobody_there_may_be_there_later()
    {
        int port;
        await using (var gone = FakeMail.Start())
        {
            port = gone.Port;
        }

        Assert.Equal(new Unavailable("unreachable"), await SendAsync("x", "y", settings: new() { ["Port"] = $"{port}" }));
    }

    [Fact]
    public async Task A_log_in_is_used_where_one_is_set()
    {
        _server.LogIn = "chat:pässword";

        Assert.Equal(new Sent(), await SendAsync("x", "y", settings: new() { ["User"] = "chat", ["Password"] = "pässword" }));
        Assert.Equal("chat", Assert.Single(_server.Received).User);
    }

    [Fact]
    public async Task A_log_in_that_is_not_taken_says_nothing_against_the_mail()
    {
        _server.LogIn = "chat:password";

        Assert.Equal(new Unavailable("smtp_530"), await SendAsync("x", "y", settings: new() { ["User"] = "chat", ["Password"] = "other" }));
        Assert.Equal(new Unavailable("smtp_530"), await SendAsync("x", "y"));
    }

    [Fact]
    public async Task A_server_without_TLS_gets_neither_the_log_in_nor_the_mail()
    {
        _server.LogIn = "chat:password";

        Assert.Equal(
            new Unavailable("tls"), await SendAsync("x", "y", settings: new() { ["User"] = "chat", ["Password"] = "password", ["Tls"] = "starttls" }));
        Assert.DoesNotContain(_server.Said, line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_gets_neither_the_log_in_nor_the_mail()
    {
        _server.LogIn = "chat:password";
        _server.Certificate = SelfSigned.Certificate();

        Assert.Equal(
            new Unavailable("tls"), await SendAsync("x", "y", settings: new() { ["User"] = "chat", ["Password"] = "password", ["Tls"] = "starttls" }));
        Assert.Equal("STARTTLS", _server.Said.Last());
    }

    [Fact]
    public async Task Whoever_stops_the_sending_hears_that_it_stopped()
    {
        _server.HangAt("DATA");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync("x", "y", cancellationToken: stop.Token));
    }

    [Fact]
    public async Task Without_a_server_nothing_is_sent()
    {
        await using var services = Services([]);
        var mail = services.GetRequiredService<IMailSender>();

        Assert.False(mail.IsConfigured);
        Assert.Equal(new Unavailable("not_configured"), await mail.SendAsync(Supervisor, "x", "y", CancellationToken.None));
    }

    [Theory]
    [InlineData("Smtp:Port", "0")]
    [InlineData("Smtp:From", "")]
    [InlineData("Smtp:From", "nobody")]
    [InlineData("Smtp:From", "a@example.com\r\nBcc: b@example.com")]
    [InlineData("Smtp:Timeout", "00:00:00")]
    [InlineData("Outside:Timeout", "-00:00:01")]
    public void Settings_that_cannot_work_are_refused(string setting, string value)
    {
        using var services = Services(new() { ["Smtp:Host"] = "mail.example", ["Smtp:From"] = "a@example.com", [setting] = value });

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains(setting.Split(':')[1], refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_settings_mail_is_sent_by_STARTTLS_and_nobody_is_vouched_for()
    {
        using var services = Services([]);
        var smtp = services.GetRequiredService<IOptions<SmtpOptions>>().Value;
        var outside = services.GetRequiredService<IOptions<OutsideOptions>>().Value;

        Assert.Equal((587, MailTls.StartTls, TimeSpan.FromSeconds(10)), (smtp.Port, smtp.Tls, smtp.Timeout));
        Assert.Equal(TimeSpan.FromSeconds(10), outside.Timeout);
        Assert.Empty(outside.AllowedPrivateHosts);
    }

    private void AssertHeadersAreOurs() => Assert.Equal(
        ["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "Message-ID", "MIME-Version", "Subject", "To"],
        Assert.Single(_server.Received).HeaderLines.Select(line => line.Split(':')[0]).Order(StringComparer.OrdinalIgnoreCase));

    private async Task<OutsideResult> SendAsync(
        string subject, string text, string to = Supervisor, TimeSpan? patience = null, Dictionary<string, string>? settings = null,
        CancellationToken cancellationToken = default)
    {
        var all = new Dictionary<string, string?>
        {
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:Port"] = $"{_server.Port}",
            ["Smtp:From"] = "The platform <chat@platform.example>",
            ["Smtp:Tls"] = "none",
            ["Smtp:Timeout"] = (patience ?? TimeSpan.FromSeconds(10)).ToString("c"),
        };
        foreach (var (name, value) in settings ?? [])
        {
            all[$"Smtp:{name}"] = value;
        }

        await using var services = Services(all);
        return await services.GetRequiredService<IMailSender>().SendAsync(to, subject, text, cancellationToken);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddOutside(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
}
