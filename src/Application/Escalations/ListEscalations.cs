using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Escalations;

/// <summary>The escalations of the conversations that the caller may see, the newest first.</summary>
[Requires(Permission.ReadConversations)]
public sealed record ListEscalations(string? Status, Guid? ConversationId, int? Limit, string? Cursor) : IQuery<Page<EscalationView>>, IPaged;

internal sealed class ListEscalationsValidator : AbstractValidator<ListEscalations>
{
    public ListEscalationsValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Status).MustBeOneOf(["open", "resolved"]).OverridePropertyName("status");
    }
}
