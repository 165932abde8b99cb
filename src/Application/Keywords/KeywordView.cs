namespace Chat.Application.Keywords;

/// <summary>A keyword as the API shows it.</summary>
public sealed record KeywordView(
    Guid Id, Guid AffiliateId, Guid ProgramId, string Keyword, string Action, string? SubProgram, string? Response, long Version,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
