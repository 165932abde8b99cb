using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Triage;

/// <summary>Where the candidate that runs in the shadow would have judged otherwise.</summary>
[Requires(Permission.Supervise)]
public sealed record ListShadowDifferences(DateTimeOffset? From, DateTimeOffset? To, Guid? ProgramId, int? Limit, string? Cursor) : IQuery<ShadowReport>, IPaged;

internal sealed class ListShadowDifferencesValidator : AbstractValidator<ListShadowDifferences>
{
    public ListShadowDifferencesValidator()
    {
        this.MustBePaged();
        this.MustBeASpan(query => query.From, query => query.To);
    }
}

/// <param name="Counts">How often the candidate came to which level instead of which, by its version.</param>
/// <param name="Items">The differences themselves, the newest first.</param>
public sealed record ShadowReport(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ShadowCount> Counts, IReadOnlyList<ShadowDifferenceView> Items, string? NextCursor);

/// <param name="Version">Of the candidate.</param>
/// <param name="Language">In which triage read the texter; null where it recognised none.</param>
public sealed record ShadowCount(string Version, string? Language, string LiveLevel, string ShadowLevel, long Count);

/// <param name="Sequence">The texter's message at which they came to differ.</param>
public sealed record ShadowDifferenceView(
    Guid Id, Guid ConversationId, Guid ProgramId, long Sequence, DateTimeOffset At, string LiveVersion, string ShadowVersion, string LiveLevel,
    string ShadowLevel, string[] LiveRules, string[] ShadowRules, string? Language);
