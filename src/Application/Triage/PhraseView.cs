namespace Chat.Application.Triage;

/// <summary>A phrase as the API shows it.</summary>
/// <param name="ProgramId">The one program in which it counts; null: in all.</param>
/// <param name="Pattern">Null where it cannot be read any more; then it is not in force either.</param>
/// <param name="WrittenById">Who wrote it as it is now; somebody else approves it.</param>
public sealed record PhraseView(
    Guid Id, Guid AffiliateId, Guid? ProgramId, string Language, string Cue, string? Pattern, string? Note, string Status, Guid WrittenById,
    Guid? ApprovedById, DateTimeOffset? ApprovedAt, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
