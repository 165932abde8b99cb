using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Conversations;

/// <summary>Who is waiting, in the order in which they will be answered.</summary>
[Requires(Permission.ReadQueue)]
public sealed record ListQueue(Guid? ProgramId, int? Limit, string? Cursor) : IQuery<Page<WaitingConversation>>;

/// <param name="WaitSeconds">How long the texter has waited, in whole seconds.</param>
/// <param name="Position">1 for whoever is next.</param>
public sealed record WaitingConversation(
    Guid ConversationId, Guid ProgramId, string ProgramName, string Provider, string RiskLevel, long WaitSeconds, long Position, DateTimeOffset QueuedAt);

internal sealed class ListQueueValidator : AbstractValidator<ListQueue>
{
    public ListQueueValidator()
    {
        RuleFor(query => query.Limit).InclusiveBetween(1, Paging.Most);
        RuleFor(query => query.Cursor).Must(cursor => cursor is null || (int.TryParse(cursor, out var position) && position is > 0 and <= 100_000))
            .WithMessage("Take the cursor from nextCursor of the page before.");
    }
}
