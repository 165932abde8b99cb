using Chat.Domain.Common;

namespace Chat.Domain.Webhooks;

/// <summary>Why the platform has stopped calling a webhook by itself.</summary>
public enum WebhookFault
{
    /// <summary>The receiver has answered 410: there is nobody any more.</summary>
    Gone,

    /// <summary>Nothing has got through for days.</summary>
    Failing,
}

/// <summary>An affiliate's wish to be called when something happens, and where.</summary>
/// <param name="previousSecret">Signs beside the secret until <paramref name="previousUntil"/>, so that a receiver can replace it without a gap.</param>
/// <param name="headers">What the receiver wants to see with every call. Their values never leave through the API.</param>
/// <param name="disabledFor">Set while it is inactive because the platform made it so.</param>
/// <param name="failingSince">Since when nothing has got through; null while something does.</param>
public sealed class Webhook(
    WebhookId id, string url, string secret, string? previousSecret, DateTimeOffset? previousUntil, string[] eventTypes,
    IReadOnlyDictionary<string, string> headers, Status status, WebhookFault? disabledFor, DateTimeOffset? failingSince, long version,
    DateTimeOffset createdAt, DateTimeOffset updatedAt)
    : Aggregate
{
    /// <summary>How long the secret of before signs beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>How long nothing may get through before a webhook is called no more: longer than everything is tried for.</summary>
    public static readonly TimeSpan LongestFailing = TimeSpan.FromDays(5);

    public WebhookId Id { get; } = id;

    public override Guid Key => Id.Value;

    public string Url { get; private set; } = url;

    public string Secret { get; private set; } = secret;

    public string? PreviousSecret { get; private set; } = previousSecret;

    public DateTimeOffset? PreviousUntil { get; private set; } = previousUntil;

    public string[] EventTypes { get; private set; } = eventTypes;

    public IReadOnlyDictionary<string, string> Headers { get; private set; } = headers;

    public Status Status { get; private set; } = status;

    public WebhookFault? DisabledFor { get; private set; } = disabledFor;

    public DateTimeOffset? FailingSince { get; private set; } = failingSince;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    /// <param name="headers">Null: those of before, unless it calls somebody else now, who is not to learn them.</param>
    public void Change(string url, string[] eventTypes, IReadOnlyDictionary<string, string>? headers, Status status, DateTimeOffset now)
    {
        Headers = headers ?? (CallsTheSame(url) ? Headers : new Dictionary<string, string>());
        if (status == Status.Active && Status == Status.Inactive)
        {
            (DisabledFor, FailingSince) = (null, null);
        }

        (Url, EventTypes, Status) = (url, eventTypes, status);
        Touch(now);
    }

    /// <summary>A new secret signs from now on, and the one of before beside it for a day.</summary>
    public void RotateSecret(string secret, DateTimeOffset now)
    {
        (PreviousSecret, PreviousUntil, Secret) = (Secret, now + Overlap, secret);
        Touch(now);
    }

    public void Disable(WebhookFault fault, DateTimeOffset now)
    {
        (Status, DisabledFor) = (Status.Inactive, fault);
        Touch(now);
    }

    private bool CallsTheSame(string url) => new Uri(Url).GetLeftPart(UriPartial.Authority) == new Uri(url).GetLeftPart(UriPartial.Authority);

    private void Touch(DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now;
    }
}
