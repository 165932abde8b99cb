using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Surveys;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Messages;
using Chat.Domain.Surveys;
using FluentValidation;
using MediatR;

namespace Chat.Application.Messages;

/// <summary>A responder answers the texter. The first answer starts a conversation that has only been taken.</summary>
[Requires(Permission.HoldConversations)]
public sealed record SendReply(Guid ConversationId, string Content, string? ClientMessageId) : ICommand<MessageView>, IOnce;

internal sealed class SendReplyValidator : AbstractValidator<SendReply>
{
    public const int LongestText = 1600;

    public SendReplyValidator()
    {
        RuleFor(command => command.Content).Must(MessageText.IsSaid).WithMessage("Write something.").MaximumLength(LongestText);
        RuleFor(command => command.ClientMessageId).MaximumLength(100);
    }
}

internal sealed class SendReplyHandler(
    IConversationRepository conversations, IMessageRepository messages, ITexterRepository texters, SurveySending surveys, IMessageViews views, ICaller caller,
    TimeProvider clock)
    : IRequestHandler<SendReply, MessageView>
{
    public async Task<MessageView> Handle(SendReply command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        if (command.ClientMessageId is { } clientId && await messages.FindByClientIdAsync(conversation.Id, caller.UserId, clientId, cancellationToken) is { } sentBefore)
        {
            sentBefore.RequireSame(MessageKind.Text, MessageText.Clean(command.Content));
            return await views.ShowAsync(conversation.Id, sentBefore.Sequence, cancellationToken);
        }

        if (await texters.StoppedAtAsync(conversation.TexterId, conversation.ChannelId, cancellationToken) is not null)
        {
            throw new RefusedException("texter.stopped", "The texter has stopped messages. Only they can allow them again, by texting START.");
        }

        var now = clock.GetUtcNow();
        var starts = conversation.State == ConversationState.Assigned;
        var message = conversation.Reply(new MessageId(Guid.CreateVersion7(now)), caller.UserId, MessageText.Clean(command.Content), command.ClientMessageId, now);
        await messages.AddAsync(message, conversation.ChannelId, cancellationToken);
        if (starts)
        {
            await surveys.SendIfAutomaticAsync(conversation, SurveyType.Entry, caller.UserId, now, cancellationToken);
        }

        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, message.Sequence, cancellationToken);
    }
}
