using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.Benchmarks;

/// <summary>Signed webhooks as bytes, made before the clock starts, and a client that costs little: raw keep-alive connections, one request in flight on each.</summary>
internal static class Webhooks
{
    private const string Path = "/api/webhooks/twilio";

    /// <summary>About 110 characters, as texts on a crisis line are.</summary>
    public const string Text = "i dont know who else to talk to, everything just feels too heavy tonight and i cant stop crying about it all";

    public static byte[] Make(Uri address, string from, string text = Text, string? sid = null)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("MessageSid", sid ?? "SM" + Guid.NewGuid().ToString("N")), new("AccountSid", Product.AccountSid), new("From", from), new("To", Product.Number),
            new("Body", text), new("NumMedia", "0"), new("NumSegments", "1"), new("FromCountry", "US"), new("ToCountry", "US"), new("ApiVersion", "2010-04-01"),
        };
        var body = string.Join('&', form.Select(pair => WebUtility.UrlEncode(pair.Key) + "=" + WebUtility.UrlEncode(pair.Value)));
        return Encoding.ASCII.GetBytes(
            $"POST {Path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + $"X-Twilio-Signature: {FakeTwilio.Sign(Product.AuthToken, Product.PublicUrl + Path, form)}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    public static string Texter(int number) => "+1777" + number.ToString("0000000", CultureInfo.InvariantCulture);

    /// <summary>Sends all of them over so many connections and returns each one's time; an answer other than 200 throws.</summary>
    public static async Task<(TimeSpan All, double[] Milliseconds)> SendAsync(Uri address, IReadOnlyList<byte[]> requests, int connections, double? perSecond = null)
    {
        var times = new double[requests.Count];
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port);
            var buffer = new byte[4096];
            for (int index; (index = Interlocked.Increment(ref next)) < requests.Count;)
            {
                if (perSecond is { } rate && TimeSpan.FromSeconds(index / rate) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
                {
                    await Task.Delay(early);
                }

                var sent = Stopwatch.GetTimestamp();
                await socket.SendAsync(requests[index]);
                await ReadAnswerAsync(socket, buffer);
                times[index] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }
        })));
        return (Stopwatch.GetElapsedTime(began), times);
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new InvalidOperationException("The connection was closed.");
            }

            length += read;
            var answer = Encoding.ASCII.GetString(buffer, 0, length);
            if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(answer);
            }

            // The answer is short and chunked; its end is the empty chunk.
            if (answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
            {
                return;
            }
        }
    }
}

internal static class Statistics
{
    public static double Percentile(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Ceiling(sorted.Length * share) - 1];
    }

    public static double Median(this IEnumerable<double> values) => values.Percentile(0.5);
}
