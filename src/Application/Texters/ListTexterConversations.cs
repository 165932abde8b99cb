using Chat.Application.Common;
using Chat.Application.Conversations;
using FluentValidation;

namespace Chat.Application.Texters;

/// <summary>What a texter has written to the affiliate before, as far as the caller may see it, the newest first. Reading it is put on record.</summary>
[Requires(Permission.ReadConversations)]
public sealed record ListTexterConversations(Guid TexterId, int? Limit, string? Cursor) : IQuery<Page<ConversationView>>, IPaged, IAuditedRead;

internal sealed class ListTexterConversationsValidator : AbstractValidator<ListTexterConversations>
{
    public ListTexterConversationsValidator() => this.MustBePaged();
}
