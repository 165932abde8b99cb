using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Chat.Sdk.Http;

/// <summary>Who is signed in, for all requests of a client: one signs in or refreshes, the others wait for it.</summary>
internal sealed class TokenKeeper(ChatClientOptions options) : IDisposable
{
    public const string LogInPath = "/api/auth/login";
    public const string RefreshPath = "/api/auth/refresh";

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _one = new(1);
    private Session? _session;

    public bool CanExchange => options.ApiKey is null;

    /// <summary>The token to call with; null for a caller who is nobody.</summary>
    public async ValueTask<string?> GetAsync(Sending send, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (options.ApiKey is not null || options.Email is null)
        {
            return options.ApiKey;
        }

        return _session is { } session && clock.GetUtcNow() < session.Until
            ? session.AccessToken
            : await ExchangeAsync(_session?.AccessToken, send, clock, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A new token in place of one that is refused or over.</summary>
    public async Task<string> ExchangeAsync(string? over, Sending send, TimeProvider clock, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Somebody else has been here while this one waited.
            if (_session is { } current && current.AccessToken != over)
            {
                return current.AccessToken;
            }

            var session = await RefreshAsync(send, clock, cancellationToken).ConfigureAwait(false)
                ?? await LogInAsync(send, clock, cancellationToken).ConfigureAwait(false);
            _session = session;
            return session.AccessToken;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Session?> RefreshAsync(Sending send, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (_session?.RefreshToken is not { } token)
        {
            return null;
        }

        // Whatever comes of it, this token has had its time: one that comes back would end the session.
        _session = null;
        using var response = await PostAsync(send, RefreshPath, new { refreshToken = token }, cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? await ReadAsync(response, clock, cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task<Session> LogInAsync(Sending send, TimeProvider clock, CancellationToken cancellationToken)
    {
        string? code = null;
        while (true)
        {
            var body = new { email = options.Email, password = options.Password, code };
            using var response = await PostAsync(send, LogInPath, body, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return await ReadAsync(response, clock, cancellationToken).ConfigureAwait(false);
            }

            var problem = await ChatProblemException.OfAsync(response, clock, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.Unauthorized || problem.Code != "auth.code_required" || code is not null
                || options.SecondFactor is null)
            {
                throw problem;
            }

            code = await options.SecondFactor(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(Sending send, string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Address!, path)) { Content = JsonContent.Create(body) };
        return await send(request, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Session> ReadAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var read = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken).ConfigureAwait(false);
        var lasts = TimeSpan.FromSeconds(read.GetProperty("expiresIn").GetInt32());
        return new Session(
            read.GetProperty("accessToken").GetString()!, read.GetProperty("refreshToken").GetString(), clock.GetUtcNow() + (lasts > Margin * 2 ? lasts - Margin : lasts));
    }

    /// <summary>The rest of the pipeline, beneath the handler that asks.</summary>
    internal delegate Task<HttpResponseMessage> Sending(HttpRequestMessage request, CancellationToken cancellationToken);

    private sealed record Session(string AccessToken, string? RefreshToken, DateTimeOffset Until);
}
