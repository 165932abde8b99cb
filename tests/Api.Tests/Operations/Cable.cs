using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Chat.Api.Tests.Operations;

/// <summary>The line between an instance and the broker, which a test can cut: whoever is connected is thrown out, and nobody gets in.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly Uri _far;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _ends = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _nearEnds = new();
    private readonly Task _accepting;
    private volatile bool _isCut;

    public Cable(string broker)
    {
        _far = new Uri(broker);
        _listener.Start();
        Uri = new UriBuilder(_far) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.ToString();
        _accepting = AcceptAsync();
    }

    public string Uri { get; }

    public void Cut()
    {
        _isCut = true;
        foreach (var end in _ends.Keys)
        {
            end.Close();
        }
    }

    public void Mend() => _isCut = false;

    /// <summary>Says to whoever is connected what a broker says that is short of memory: connection.blocked, for a reason.</summary>
    public Task SayBlockedAsync() => SayAsync([1, 0, 0, 0, 0, 0, 8, 0, 10, 0, 60, 3, (byte)'l', (byte)'o', (byte)'w', 0xCE]);

    /// <summary>And when it is not any more.</summary>
    public Task SayUnblockedAsync() => SayAsync([1, 0, 0, 0, 0, 0, 4, 0, 10, 0, 61, 0xCE]);

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting;
    }

    private async Task SayAsync(byte[] frame)
    {
        foreach (var end in _nearEnds.Keys)
        {
            await end.GetStream().WriteAsync(frame);
        }
    }

    private async Task AcceptAsync()
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
            {
                carrying.Add(CarryAsync(await _listener.AcceptTcpClientAsync()));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(carrying);
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        using (near)
        {
            near.NoDelay = true;
            (_ends[near], _ends[far], _nearEnds[near]) = (true, true, true);
            try
            {
                if (!_isCut)
                {
                    await far.ConnectAsync(_far.Host, _far.Port);
                    await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
                }
            }
            catch (Exception cut) when (cut is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // That is what a cut line is like.
            }

            _nearEnds.TryRemove(near, out _);
            _ends.TryRemove(near, out _);
            _ends.TryRemove(far, out _);
        }
    }
}
