using System.Net;

namespace Chat.Sdk.Http;

/// <summary>
/// Sends again what failed on the way: only what reads, and what carries an Idempotency-Key, under which Chat does nothing twice. A POST
/// that has none is given one.
/// </summary>
internal sealed class RetryHandler(ChatClientOptions options, TimeProvider clock) : DelegatingHandler
{
    private const string KeyHeader = "Idempotency-Key";
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    // Signing in is no thing that is made, and an answer with a secret is not kept: a repeated request would make another one.
    private static readonly string[] WithoutKeys = ["/api/auth/", "/api/admin/api-keys", "/api/admin/webhooks"];

    /// <summary>How long the answer asks to wait.</summary>
    public static TimeSpan? AskedFor(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
        _ => null,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        AddKey(request);
        var most = MayBeRepeated(request) ? options.MostRetries : 0;
        if (most > 0 && request.Content is not null)
        {
            _ = await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        for (var attempt = 0; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                wait = AskedFor(response, clock) ?? Backoff(attempt);
                if (attempt >= most || !MayPass(response.StatusCode) || wait > options.LongestWait)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException) when (attempt < most)
            {
                wait = Backoff(attempt);
            }
            catch (ChatProblemException signingIn)
                when (attempt < most && MayPass((HttpStatusCode)signingIn.StatusCode) && !(signingIn.RetryAfter > options.LongestWait))
            {
                wait = signingIn.RetryAfter ?? Backoff(attempt);
            }

            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void AddKey(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method == HttpMethod.Post && !request.Headers.Contains(KeyHeader)
            && !WithoutKeys.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)))
        {
            request.Headers.Add(KeyHeader, Guid.NewGuid().ToString("N"));
        }
    }

    private static bool MayBeRepeated(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Headers.Contains(KeyHeader);

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    // Many clients that were refused together do not come back together.
    private static TimeSpan Backoff(int attempt) => First * Math.Pow(2, attempt) * (0.5 + Random.Shared.NextDouble());
}
