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

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting;
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
            (_ends[near], _ends[far]) = (true, true);
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

            _ends.TryRemove(near, out _);
            _ends.TryRemove(far, out _);
        }
    }
}
