using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder says what a conversation is about.</summary>
[Requires(Permission.HoldConversations)]
public sealed record SetTags(Guid ConversationId, IReadOnlyList<string> Tags) : ICommand<ConversationView>;

internal sealed class SetTagsValidator : AbstractValidator<SetTags>
{
    public const int Most = 30;
    public const int Longest = 50;

    public SetTagsValidator()
    {
        RuleFor(command => command.Tags).NotNull().Must(tags => tags is null || tags.Count <= Most).WithMessage("At most 30 tags.");
        RuleForEach(command => command.Tags).NotEmpty().MaximumLength(Longest);
    }
}

internal sealed class SetTagsHandler(IConversationRepository conversations, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<SetTags, ConversationView>
{
    public async Task<ConversationView> Handle(SetTags command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        conversation.RequireHeldBy(caller.UserId);
        conversation.SetTags(command.Tags, clock.GetUtcNow());
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
