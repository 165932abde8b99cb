using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Retention;

/// <summary>The conversations whose time is up by the affiliate's dataRetentionDays, the longest overdue first, and which of them are held back.</summary>
[Requires(Permission.HoldBack)]
public sealed record ListDueForPurge(int? Limit, string? Cursor) : IQuery<Page<DueForPurge>>, IPaged;

/// <param name="DueAt">When its time was up.</param>
public sealed record DueForPurge(Guid ConversationId, Guid ProgramId, DateTimeOffset ClosedAt, DateTimeOffset DueAt, bool OnHold);

internal sealed class ListDueForPurgeValidator : AbstractValidator<ListDueForPurge>
{
    public ListDueForPurgeValidator() => this.MustBePaged();
}
