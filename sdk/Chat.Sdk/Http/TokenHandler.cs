using System.Net;
using System.Net.Http.Headers;

namespace Chat.Sdk.Http;

/// <summary>Puts the caller's token on each request. A token that is refused is exchanged once.</summary>
internal sealed class TokenHandler(TokenKeeper tokens, TimeProvider clock) : DelegatingHandler
{
    // By its mark, not by its value: whoever sends again after a while brings a token that has been exchanged since.
    private static readonly HttpRequestOptionsKey<bool> IsOurs = new("Chat.Sdk.TokenIsOurs");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isGiven = request.Headers.Authorization is not null && !request.Options.TryGetValue(IsOurs, out _);
        if (isGiven || request.RequestUri!.AbsolutePath is TokenKeeper.LogInPath or TokenKeeper.RefreshPath)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var token = await tokens.GetAsync(base.SendAsync, clock, cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Options.Set(IsOurs, true);
        if (request.Content is not null)
        {
            _ = await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || token is null || !tokens.CanExchange)
        {
            return response;
        }

        response.Dispose();
        token = await tokens.ExchangeAsync(token, base.SendAsync, clock, cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
