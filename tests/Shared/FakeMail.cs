using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Chat.Tests;

/// <summary>A mail as it reached the server.</summary>
/// <param name="Raw">What was between DATA and the final dot, with the stuffed dots taken out.</param>
public sealed partial record ReceivedMail(string From, IReadOnlyList<string> To, string? User, string Raw)
{
    /// <summary>The headers' lines, unfolded and still encoded.</summary>
    public IReadOnlyList<string> HeaderLines => Folding().Replace(Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)], " ").Split("\r\n");

    public string Subject => EncodedWord().Replace(
        BetweenWords().Replace(Header("Subject"), "?==?"), word => Decode(word.Groups[2].Value, word.Groups[3].Value));

    public string Text => Encoding.UTF8.GetString(Header("Content-Transfer-Encoding") switch
    {
        "base64" => Convert.FromBase64String(Body),
        "quoted-printable" => QuotedPrintable(Body.Replace("=\r\n", "", StringComparison.Ordinal)),
        _ => Encoding.Latin1.GetBytes(Body),
    });

    private string Body => Raw[(Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    public string Header(string name) =>
        HeaderLines.Single(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..].Trim();

    private static string Decode(string encoding, string text) => Encoding.UTF8.GetString(
        encoding is "B" or "b" ? Convert.FromBase64String(text) : QuotedPrintable(text.Replace('_', ' ')));

    private static byte[] QuotedPrintable(string text) =>
        Encoding.Latin1.GetBytes(Escape().Replace(text, escape => ((char)Convert.ToByte(escape.Groups[1].Value, 16)).ToString()));

    [GeneratedRegex("\r\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"=\?([^?]+)\?([BbQq])\?([^?]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex Escape();
}

/// <summary>A mail server at the network's edge: SMTP over real TCP, answers as servers word them.</summary>
public sealed class FakeMail : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Task> _visits = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<CancellationToken, Task<string?>>>> _scripts = new();
    private readonly Task _listening;

    private FakeMail()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _listening = ListenAsync();
    }

    public int Port { get; }

    public ConcurrentQueue<ReceivedMail> Received { get; } = new();

    /// <summary>Every line that was said to the server outside of mails.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>The one log-in that may send, as <c>user:password</c>; null: everybody may.</summary>
    public string? LogIn { get; set; }

    /// <summary>What STARTTLS is offered with; null: it is not offered.</summary>
    public X509Certificate2? Certificate { get; set; }

    public static FakeMail Start() => new();

    /// <summary>What the next command with this verb is answered with, once; CONNECT is the greeting, CONTENT the end of a mail.</summary>
    public void Next(string verb, string answer) => Script(verb, _ => Task.FromResult<string?>(answer));

    public void HangAt(string verb) => Script(verb, async ended =>
    {
        await Task.Delay(Timeout.Infinite, ended);
        return null;
    });

    public void HangUpAt(string verb) => Script(verb, _ => Task.FromResult<string?>(null));

    /// <summary>The mails to one address, in order.</summary>
    public IReadOnlyList<ReceivedMail> To(string address) => [.. Received.Where(mail => mail.To.Contains(address))];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _listening;
        await Task.WhenAll(_visits);
        Certificate?.Dispose();
        _listener.Dispose();
        _end.Dispose();
    }

    private void Script(string verb, Func<CancellationToken, Task<string?>> answer) => _scripts.GetOrAdd(verb, _ => new()).Enqueue(answer);

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _visits.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using (caller)
        {
            Stream stream = new BufferedStream(caller.GetStream());
            try
            {
                await ServeAsync(caller, stream);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or AuthenticationException or SocketException)
            {
                // The caller hung up, or the test is over.
            }
        }
    }

    private async Task ServeAsync(TcpClient caller, Stream stream)
    {
        string? user = null, from = null;
        List<string> to = [];
        await SayAsync("CONNECT", "220 mail.example ESMTP");
        while (await ReadLineAsync(stream) is { } line)
        {
            Said.Enqueue(line);
            var verb = line.Split(' ')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    var startTls = Certificate is null || stream is SslStream ? "" : "250-STARTTLS\r\n";
                    var logIn = LogIn is null ? "" : "250-AUTH LOGIN\r\n";
                    await SayAsync(verb, $"250-mail.example\r\n{startTls}{logIn}250 HELP");
                    break;

                case "STARTTLS":
                    await SayAsync(verb, "220 2.0.0 Go ahead");
                    var secured = new SslStream(caller.GetStream());
                    await secured.AuthenticateAsServerAsync(Certificate!);
                    stream = secured;
                    break;

                case "AUTH":
                    var name = Decode(line.Split(' ')[2]);
                    await SayAsync(verb, "334 UGFzc3dvcmQ6");
                    var given = $"{name}:{Decode(await ReadLineAsync(stream) ?? "")}";
                    user = given == LogIn ? name : null;
                    await SayAsync("PASSWORD", user is null ? "535 5.7.8 Authentication credentials invalid" : "235 2.7.0 Accepted");
                    break;

                case "MAIL" when LogIn is not null && user is null:
                    await SayAsync(verb, "530 5.7.0 Authentication required");
                    break;

                case "MAIL":
                    (from, to) = (Path(line), []);
                    await SayAsync(verb, "250 2.1.0 Ok");
                    break;

                case "RCPT":
                    to.Add(Path(line));
                    await SayAsync(verb, "250 2.1.5 Ok");
                    break;

                case "DATA":
                    if (!(await SayAsync(verb, "354 End data with <CR><LF>.<CR><LF>")).StartsWith('3'))
                    {
                        break;
                    }

                    var mail = new ReceivedMail(from!, to, user, await ReadMailAsync(stream));
                    if (!_scripts.TryGetValue("CONTENT", out var other) || other.IsEmpty)
                    {
                        Received.Enqueue(mail);
                    }

                    await SayAsync("CONTENT", "250 2.0.0 Ok");
                    break;

                case "QUIT":
                    await SayAsync(verb, "221 2.0.0 Bye");
                    return;

                default:
                    await SayAsync(verb, "502 5.5.2 Command not recognized");
                    break;
            }
        }

        async Task<string> SayAsync(string verb, string answer)
        {
            if (_scripts.TryGetValue(verb, out var script) && script.TryDequeue(out var scripted))
            {
                answer = await scripted(_end.Token) ?? throw new IOException("The test hangs up here.");
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), _end.Token);
            await stream.FlushAsync(_end.Token);
            return answer;
        }
    }

    private async Task<string> ReadMailAsync(Stream stream)
    {
        var mail = new StringBuilder();
        while (await ReadLineAsync(stream) is { } line && line != ".")
        {
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return mail.ToString();
    }

    /// <summary>A line ends with CRLF and with nothing else: a server that takes less can be made to see a second mail in the first.</summary>
    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var unit = new byte[1];
        while (await stream.ReadAsync(unit, _end.Token) == 1)
        {
            line.Append((char)unit[0]);
            if (unit[0] == '\n' && line.Length >= 2 && line[^2] == '\r')
            {
                return line.ToString(0, line.Length - 2);
            }
        }

        return null;
    }

    private static string Path(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
