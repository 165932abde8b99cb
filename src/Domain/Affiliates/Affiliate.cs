using Chat.Domain.Common;

namespace Chat.Domain.Affiliates;

/// <summary>A crisis centre with its own data, keys and people.</summary>
public sealed class Affiliate(
    AffiliateId id, string name, string? region, string timeZone, int dataRetentionDays, string? contactEmail, Status status, long version,
    DateTimeOffset createdAt, DateTimeOffset updatedAt)
    : Aggregate
{
    public AffiliateId Id { get; } = id;

    public override Guid Key => Id.Value;

    public string Name { get; private set; } = name;

    public string? Region { get; private set; } = region;

    public string TimeZone { get; private set; } = timeZone;

    public int DataRetentionDays { get; private set; } = dataRetentionDays;

    public string? ContactEmail { get; private set; } = contactEmail;

    public Status Status { get; private set; } = status;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    public void Change(string name, string? region, string timeZone, int dataRetentionDays, string? contactEmail, Status status, DateTimeOffset now)
    {
        (Name, Region, TimeZone, DataRetentionDays, ContactEmail, Status) = (name, region, timeZone, dataRetentionDays, contactEmail, status);
        Version++;
        UpdatedAt = now;
    }
}
