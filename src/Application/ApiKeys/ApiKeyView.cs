namespace Chat.Application.ApiKeys;

/// <summary>A partner's key as the API shows it: what it may, never what it consists of.</summary>
/// <param name="Networks">Where it may be used from; everywhere when empty.</param>
/// <param name="Hint">Its last four characters.</param>
/// <param name="LastUsedAt">To the minute; null when it has never been used.</param>
public sealed record ApiKeyView(
    Guid Id, Guid AffiliateId, string Name, string[] Scopes, string[] Networks, string Hint, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt,
    long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A key that has just been made.</summary>
/// <param name="Key">What the program sends as `Authorization: Bearer`. It is shown this once.</param>
public sealed record NewApiKey(ApiKeyView ApiKey, string Key);
