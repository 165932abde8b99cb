namespace Chat.Application.Users;

/// <summary>Somebody who signs in, as the API shows them. A password is never shown.</summary>
/// <param name="AffiliateId">Null for a platform admin.</param>
/// <param name="Unreadable">What is stored of the address or the name cannot be read; it is empty here.</param>
public sealed record UserView(
    Guid Id, string Email, string Name, string Role, Guid? AffiliateId, IReadOnlyList<Guid> ProgramIds, string Status, int MaxConcurrent,
    long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool Unreadable = false);
