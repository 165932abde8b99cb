using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using FluentValidation;

namespace Chat.Application.Conversations;

/// <summary>The conversations that the caller may see, the newest first.</summary>
/// <param name="State">One state, or several with commas between them.</param>
[Requires(Permission.ReadConversations)]
public sealed record ListConversations(
    string? State, Guid? ProgramId, Guid? ResponderId, string? RiskLevel, Guid? TexterId, int? Limit, string? Cursor)
    : IQuery<Page<ConversationView>>, IPaged
{
    /// <summary>The states asked for; none: all.</summary>
    public string[] States => State?.Split(',') ?? [];
}

internal sealed class ListConversationsValidator : AbstractValidator<ListConversations>
{
    public ListConversationsValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.States).Must(states => states.All(state => Wire.TryValue<ConversationState>(state, out _)))
            .WithMessage($"Of {string.Join(", ", Wire.All<ConversationState>())}, with commas between them.").OverridePropertyName("state");
        RuleFor(query => query.RiskLevel).Must(level => level is null || Wire.TryValue<RiskLevel>(level, out _))
            .WithMessage($"One of {string.Join(", ", Wire.All<RiskLevel>())}.");
    }
}
