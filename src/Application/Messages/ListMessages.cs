using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Messages;

/// <summary>A conversation's messages in order, after a given one.</summary>
[Requires(Permission.ReadConversations)]
public sealed record ListMessages(Guid ConversationId, long? AfterSequence, int? Limit, string? Cursor) : IQuery<Page<MessageView>>, IReadsConversation;

internal sealed class ListMessagesValidator : AbstractValidator<ListMessages>
{
    public ListMessagesValidator()
    {
        RuleFor(query => query.AfterSequence).GreaterThanOrEqualTo(0);
        RuleFor(query => query.Limit).InclusiveBetween(1, Paging.Most);
        RuleFor(query => query.Cursor).Must(cursor => cursor is null || long.TryParse(cursor, out var sequence) && sequence >= 0)
            .WithMessage("Take the cursor from nextCursor of the page before.");
    }
}
