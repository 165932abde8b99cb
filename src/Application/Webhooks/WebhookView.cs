namespace Chat.Application.Webhooks;

/// <summary>A webhook as the API shows it: never its secret, nor what its headers hold.</summary>
/// <param name="Url">Where calls go.</param>
/// <param name="EventTypes">Which events are sent.</param>
/// <param name="HeaderNames">Which headers are sent with every call; never their values.</param>
/// <param name="DisabledFor">Why the platform made it inactive: gone (the receiver answered 410) or failing (nothing got through for five days).</param>
/// <param name="FailingSince">Since when nothing has got through; null while something does.</param>
/// <param name="PreviousSecretUntil">Until when the secret of before signs beside the new one.</param>
/// <param name="Unreadable">Some of what is stored of it cannot be read; it is empty or absent here.</param>
public sealed record WebhookView(
    Guid Id, Guid AffiliateId, string Url, string[] EventTypes, string[] HeaderNames, string Status, string? DisabledFor,
    DateTimeOffset? FailingSince, DateTimeOffset? PreviousSecretUntil, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    bool Unreadable = false);

/// <summary>A webhook with a new secret.</summary>
/// <param name="Secret">What the receiver verifies calls with, `whsec_…` as Standard Webhooks has it. It is shown this once.</param>
public sealed record NewWebhookSecret(WebhookView Webhook, string Secret);
