namespace Chat.Application.Affiliates;

/// <summary>An affiliate as the API shows it.</summary>
/// <param name="DataRetentionDays">For how many days what was said is to be kept.</param>
/// <param name="EncryptionKeyId">The name of the key that seals the affiliate's data; null while there is none.</param>
public sealed record AffiliateView(
    Guid Id, string Name, string? Region, string TimeZone, int DataRetentionDays, string? ContactEmail, string Status,
    Guid? EncryptionKeyId, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
