using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Events;

/// <summary>Events that somebody within the platform could not act on, the newest first.</summary>
[Requires(Permission.SeeToEvents)]
public sealed record ListDeadLetters(int? Limit, string? Cursor) : IQuery<Page<DeadLetterView>>, IPaged;

/// <summary>An event that somebody within the platform could not act on. Ids and types only.</summary>
/// <param name="EventId">Absent for what was no event of ours.</param>
/// <param name="ConversationId">The event's subject.</param>
/// <param name="Reason">What the broker says: delivery_limit or rejected. Without a broker: who could not act on it, and the kind of fault.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="HappenedAt">When what it tells of happened.</param>
/// <param name="DiedAt">When it was given up.</param>
/// <param name="ReplayedAt">When it was replayed, if it has been.</param>
public sealed record DeadLetterView(
    Guid Id, Guid? EventId, Guid? AffiliateId, Guid? ConversationId, long? Sequence, string Type, string Reason, int Attempts, DateTimeOffset? HappenedAt,
    DateTimeOffset DiedAt, DateTimeOffset? ReplayedAt);

internal sealed class ListDeadLettersValidator : AbstractValidator<ListDeadLetters>
{
    public ListDeadLettersValidator() => this.MustBePaged();
}
