using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder ends a conversation. The texter's next message opens a new one.</summary>
[Requires(Permission.HoldConversations)]
public sealed record CloseConversation(Guid ConversationId, string? Reason) : ICommand<ConversationView>, IOnce;

internal sealed class CloseConversationValidator : AbstractValidator<CloseConversation>
{
    public CloseConversationValidator() => RuleFor(command => command.Reason).MaximumLength(200);
}

internal sealed class CloseConversationHandler(IConversationRepository conversations, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<CloseConversation, ConversationView>
{
    public async Task<ConversationView> Handle(CloseConversation command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        conversation.Close(caller.UserId, command.Reason, clock.GetUtcNow());
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
