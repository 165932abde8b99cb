using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Sdk;

/// <summary>Chat refused: <see cref="Code"/> is a stable word to switch on, the rest is for people and logs.</summary>
public sealed class ChatProblemException : ChatApiException
{
    private static readonly IReadOnlyDictionary<string, string[]> NoErrors = new Dictionary<string, string[]>();

    private ChatProblemException(HttpStatusCode status, string text, IReadOnlyDictionary<string, IEnumerable<string>> headers, Problem problem)
        : base(problem.Title ?? "Refused.", (int)status, text, headers, null)
    {
        Title = problem.Title ?? "Refused.";
        Code = problem.Code ?? "";
        Detail = problem.Detail;
        TraceId = problem.TraceId;
        Errors = problem.Errors ?? NoErrors;
    }

    /// <summary>A stable word, such as conversation.already_assigned; empty when the answer was not Chat's own.</summary>
    public string Code { get; }

    public string Title { get; }

    public string? Detail { get; }

    /// <summary>Field by field, what is not right; empty but for a 400.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }

    /// <summary>Finds the request in the installation's logs.</summary>
    public string? TraceId { get; }

    /// <summary>After how long to try again, where the answer says so.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public override string Message => $"{StatusCode} {Code}: {Title}";

    internal static async Task<ChatProblemException> OfAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => header.Value);
        return new ChatProblemException(response.StatusCode, text, headers, Read(text)) { RetryAfter = Http.RetryHandler.AskedFor(response, clock) };
    }

    // A proxy in between may answer something else under the same name.
    private static Problem Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Problem>(text) ?? new Problem();
        }
        catch (JsonException)
        {
            return new Problem();
        }
    }

    private sealed record Problem
    {
        [JsonPropertyName("title")]
        public string? Title { get; init; }

        [JsonPropertyName("code")]
        public string? Code { get; init; }

        [JsonPropertyName("detail")]
        public string? Detail { get; init; }

        [JsonPropertyName("traceId")]
        public string? TraceId { get; init; }

        [JsonPropertyName("errors")]
        public Dictionary<string, string[]>? Errors { get; init; }
    }
}
