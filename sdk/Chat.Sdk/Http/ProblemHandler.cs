namespace Chat.Sdk.Http;

/// <summary>A problem document becomes an exception that can be switched on.</summary>
internal sealed class ProblemHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return response;
        }

        using (response)
        {
            throw await ChatProblemException.OfAsync(response, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }
}
