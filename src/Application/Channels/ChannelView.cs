using System.Text.Json;

namespace Chat.Application.Channels;

/// <summary>A channel as the API shows it.</summary>
/// <param name="Credentials">Which of the account's secrets are set; never a secret.</param>
/// <param name="WebhookUrl">Where to point the provider's webhook.</param>
public sealed record ChannelView(
    Guid Id, Guid AffiliateId, Guid ProgramId, string Provider, string Address, IReadOnlyDictionary<string, bool> Credentials,
    IReadOnlyDictionary<string, JsonElement> Settings, string Status, string WebhookUrl, long Version, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
