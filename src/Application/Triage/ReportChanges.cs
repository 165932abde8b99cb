using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Triage;

/// <summary>What people have made of the levels that triage gave: where it went too far, and where it saw nothing.</summary>
[Requires(Permission.Supervise)]
public sealed record ReportChanges(DateTimeOffset? From, DateTimeOffset? To, Guid? ProgramId, int? Limit, string? Cursor) : IQuery<ChangesReport>, IPaged;

internal sealed class ReportChangesValidator : AbstractValidator<ReportChanges>
{
    public ReportChangesValidator()
    {
        this.MustBePaged();
        this.MustBeASpan(query => query.From, query => query.To);
    }
}

/// <param name="Counts">How often people went from which level to which; also where they left it as it was.</param>
/// <param name="Lowered">The rules that had spoken where people lowered a level, the most frequent first.</param>
/// <param name="Missed">Where people raised a level and no rule had spoken.</param>
/// <param name="Items">The changes themselves, the newest first.</param>
public sealed record ChangesReport(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<LevelCount> Counts, IReadOnlyList<RuleCount> Lowered, IReadOnlyList<LevelCount> Missed,
    IReadOnlyList<ChangedLevel> Items, string? NextCursor);

/// <param name="Version">Of the rules that gave the level before; where none had, of those that were at work.</param>
/// <param name="Language">In which triage read the texter; null where it recognised none.</param>
public sealed record LevelCount(string Version, string? Language, string FromLevel, string ToLevel, long Count);

public sealed record RuleCount(string Version, string? Language, string Rule, long Count);

/// <param name="Rules">That had spoken since a person last judged the conversation.</param>
public sealed record ChangedLevel(
    Guid Id, Guid ConversationId, Guid ProgramId, DateTimeOffset At, string FromLevel, string ToLevel, string Version, string? Language, string[] Rules);
