using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder ends a conversation. The texter's next message opens a new one.</summary>
/// <param name="SeenSequence">
/// The newest message that the responder has before them: when the texter has written since, nothing is closed. Null where the caller does not say.
/// </param>
[Requires(Permission.HoldConversations)]
public sealed record CloseConversation(Guid ConversationId, string? Reason, long? SeenSequence) : ICommand<ConversationView>, IOnce;

internal sealed class CloseConversationValidator : AbstractValidator<CloseConversation>
{
    public CloseConversationValidator() => RuleFor(command => command.Reason).MaximumLength(200);
}

internal sealed class CloseConversationHandler(
    IConversationRepository conversations, IMessageRepository messages, ReportFiling filing, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<CloseConversation, ConversationView>
{
    public async Task<ConversationView> Handle(CloseConversation command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        var unseen = command.SeenSequence is { } seen && await messages.TexterWroteAfterAsync(conversation.Id, seen, cancellationToken);
        var wasIn = conversation.State;
        conversation.Close(caller.UserId, command.Reason, unseen, clock.GetUtcNow());
        await filing.RequireCompleteAsync(conversation, wasIn, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
