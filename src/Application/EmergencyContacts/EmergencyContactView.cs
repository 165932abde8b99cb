namespace Chat.Application.EmergencyContacts;

/// <summary>An emergency contact as the API shows it.</summary>
/// <param name="Area">Absent: wherever the affiliate works.</param>
/// <param name="WebhookUrl">For admins only.</param>
/// <param name="WebhookSecretSet">Whether there is a secret; never the secret.</param>
/// <param name="OnCall">The platform itself notifies this contact of an escalation of its kind.</param>
/// <param name="Unreadable">Some of what is stored of it cannot be read; it is empty or absent here.</param>
public sealed record EmergencyContactView(
    Guid Id, Guid AffiliateId, string Kind, string Name, string? Area, string? Phone, string? Email, string? WebhookUrl,
    bool WebhookSecretSet, bool OnCall, string? Notes, string Status, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    bool Unreadable = false);
