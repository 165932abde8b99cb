using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using FluentValidation;

namespace Chat.Application.Conversations;

/// <summary>The conversations that the caller may see, the newest first.</summary>
[Requires(Permission.ReadConversations)]
public sealed record ListConversations(
    string? State, Guid? ProgramId, Guid? ResponderId, string? RiskLevel, Guid? TexterId, int? Limit, string? Cursor)
    : IQuery<Page<ConversationView>>, IPaged;

internal sealed class ListConversationsValidator : AbstractValidator<ListConversations>
{
    public ListConversationsValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.State).Must(state => state is null || Wire.TryValue<ConversationState>(state, out _))
            .WithMessage($"One of {string.Join(", ", Wire.All<ConversationState>())}.");
        RuleFor(query => query.RiskLevel).Must(level => level is null || Wire.TryValue<RiskLevel>(level, out _))
            .WithMessage($"One of {string.Join(", ", Wire.All<RiskLevel>())}.");
    }
}
