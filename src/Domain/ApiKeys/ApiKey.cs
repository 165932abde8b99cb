using Chat.Domain.Common;

namespace Chat.Domain.ApiKeys;

/// <summary>What a key may be used for. A key has no other rights than these, and none of them is to make rights.</summary>
public enum ApiScope
{
    /// <summary>Reading the affiliate's conversations, with all that is said in them, and its queue.</summary>
    ConversationsRead,

    /// <summary>Reading and changing programs, keywords, surveys, canned responses, channels and emergency contacts.</summary>
    Configuration,

    /// <summary>Saying where the affiliate's events are sent, and looking after what was sent.</summary>
    Webhooks,
}

/// <summary>A key with which a partner's program calls the API. What it consists of is shown once and not kept.</summary>
/// <param name="networks">Where it may be used from, as 192.0.2.0/24; everywhere when empty.</param>
/// <param name="hint">Its last four characters, to tell keys apart.</param>
public sealed class ApiKey(
    ApiKeyId id, string name, string[] scopes, string[] networks, string hint, DateTimeOffset? expiresAt, long version, UserId createdBy,
    DateTimeOffset createdAt, DateTimeOffset updatedAt)
    : Aggregate
{
    public ApiKeyId Id { get; } = id;

    public override Guid Key => Id.Value;

    public string Name { get; private set; } = name;

    public string[] Scopes { get; private set; } = scopes;

    public string[] Networks { get; private set; } = networks;

    public string Hint { get; } = hint;

    public DateTimeOffset? ExpiresAt { get; private set; } = expiresAt;

    public long Version { get; private set; } = version;

    public UserId CreatedBy { get; } = createdBy;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    public void Change(string name, string[] scopes, string[] networks, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        (Name, Scopes, Networks, ExpiresAt) = (name, scopes, networks, expiresAt);
        Version++;
        UpdatedAt = now;
    }
}
