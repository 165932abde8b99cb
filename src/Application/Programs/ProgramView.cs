using System.Text.Json;

namespace Chat.Application.Programs;

/// <summary>A program as the API shows it.</summary>
/// <param name="Providers">Whose channels lead to it.</param>
public sealed record ProgramView(
    Guid Id, Guid AffiliateId, string Name, string? ShortCode, string? Description, string Status,
    IReadOnlyDictionary<string, JsonElement> Settings, IReadOnlyList<string> Providers, long Version, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
