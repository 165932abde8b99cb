using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Outside;

/// <summary>The address is one that nobody outside may make us call.</summary>
internal sealed class AddressNotAllowedException() : Exception("The address is not to be called.");

/// <summary>
/// HTTP to addresses that customers typed in. A name is looked up once, each address it stands for is checked, and the connection goes to
/// the checked address itself: a name that changes its mind in between leads nowhere. No redirects, no proxy, no cookies.
/// </summary>
internal sealed class SafeHttp : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private const int LongestHeadersInKilobytes = 16;
    private const int MostAddresses = 4;

    private readonly OutsideOptions _options;
    private readonly HashSet<string> _vouchedFor;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpClient _client;

    public SafeHttp(IOptions<OutsideOptions> options)
        : this(options, Dns.GetHostAddressesAsync)
    {
    }

    internal SafeHttp(IOptions<OutsideOptions> options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _options = options.Value;
        _vouchedFor = _options.AllowedPrivateHosts.Select(WithoutBrackets).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _resolve = resolve;
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            ConnectTimeout = _options.Timeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = LongestHeadersInKilobytes,

            // What is left of an answer is read only to use the connection again.
            MaxResponseDrainSize = LongestAnswer,

            // A connection outlives the look-up that it was checked by; not for long.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),

            // Our traces' ids are nobody else's business.
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = _options.Timeout,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    /// <summary>Returns with the answer's headers. Throws what <see cref="HttpClient"/> throws; <see cref="WasNotAllowed"/> tells refusals apart.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri is { } url && MayBeAsked(url)
            ? _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : throw new HttpRequestException("The address is not to be called.", new AddressNotAllowedException());

    public static bool WasNotAllowed(HttpRequestException failure)
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressNotAllowedException)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _client.Dispose();

    private bool MayBeAsked(Uri url) =>
        url is { IsAbsoluteUri: true, UserInfo: "" }
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && _vouchedFor.Contains(WithoutBrackets(url.IdnHost))));

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = WithoutBrackets(context.DnsEndPoint.Host);
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellationToken);
        var allowed = found.Where(address => AddressRules.Allow(address, _vouchedFor.Contains(host))).Take(MostAddresses).ToList();
        if (found.Length > 0 && allowed.Count == 0)
        {
            throw new AddressNotAllowedException();
        }

        Exception failure = new SocketException((int)SocketError.HostNotFound);
        foreach (var address in allowed)
        {
            // An address that swallows packets must leave the next one its share of the time.
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(_options.Timeout / allowed.Count);
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, context.DnsEndPoint.Port, patience.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception fault)
                when (fault is SocketException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                socket.Dispose();
                failure = fault;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure is SocketException ? failure : new SocketException((int)SocketError.TimedOut);
    }

    private static string WithoutBrackets(string host) => host.Trim('[', ']');
}
