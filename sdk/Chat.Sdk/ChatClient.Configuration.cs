using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Chat.Sdk;

/// <summary>An affiliate's configuration as it was read.</summary>
/// <param name="ETag">What a change sends as ifMatch.</param>
public sealed record ConfigurationText(string Yaml, string ETag);

// The generator takes every text for JSON; this document is YAML, so these are left out there and written here.
public partial interface IChatClient
{
    /// <summary>An affiliate's programs, keywords, surveys and canned responses as one YAML document.</summary>
    /// <param name="affiliateId">For platform admins: whose.</param>
    Task<ConfigurationText> GetConfigurationAsync(Guid? affiliateId = null, CancellationToken cancellationToken = default);

    /// <summary>Has the configuration as the document says, all of it or nothing, and says what that changed.</summary>
    /// <param name="ifMatch">The ETag of the copy that the document was made from; <see cref="Versions.Any"/> for whichever there is.</param>
    /// <param name="dryRun">Only say what would change.</param>
    /// <param name="prune">Remove what the document does not name.</param>
    Task<ConfigurationReport> ApplyConfigurationAsync(
        string yaml, string ifMatch, bool dryRun = false, bool prune = false, Guid? affiliateId = null, CancellationToken cancellationToken = default);
}

public partial class ChatClient
{
    private const string ConfigurationPath = "api/admin/configuration";

    public async Task<ConfigurationText> GetConfigurationAsync(Guid? affiliateId = null, CancellationToken cancellationToken = default)
    {
        var path = affiliateId is null ? ConfigurationPath : $"{ConfigurationPath}?affiliateId={affiliateId}";
        using var response = await _httpClient.GetAsync(path, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var yaml = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return new ConfigurationText(yaml, response.Headers.ETag?.ToString() ?? "");
    }

    public async Task<ConfigurationReport> ApplyConfigurationAsync(
        string yaml, string ifMatch, bool dryRun = false, bool prune = false, Guid? affiliateId = null, CancellationToken cancellationToken = default)
    {
        var path = $"{ConfigurationPath}?dryRun={(dryRun ? "true" : "false")}&prune={(prune ? "true" : "false")}"
            + (affiliateId is null ? "" : $"&affiliateId={affiliateId}");
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(yaml, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await _httpClient.SendAsync(request, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<ConfigurationReport>(JsonSerializerSettings, cancellationToken).ConfigureAwait(false))!;
    }
}
