using Chat.Domain.Common;

namespace Chat.Domain.Programs;

/// <summary>What an affiliate offers under one keyword or number.</summary>
public sealed class Program(
    ProgramId id, string name, string? shortCode, string? description, Status status, string settings, long version, DateTimeOffset createdAt,
    DateTimeOffset updatedAt)
    : Aggregate
{
    public ProgramId Id { get; } = id;

    public override Guid Key => Id.Value;

    public string Name { get; private set; } = name;

    public string? ShortCode { get; private set; } = shortCode;

    public string? Description { get; private set; } = description;

    public Status Status { get; private set; } = status;

    /// <summary>A JSON object.</summary>
    public string Settings { get; private set; } = settings;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    public void Change(string name, string? shortCode, string? description, Status status, string settings, DateTimeOffset now)
    {
        (Name, ShortCode, Description, Status, Settings) = (name, shortCode, description, status, settings);
        Version++;
        UpdatedAt = now;
    }
}
