using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Surveys;
using Chat.Domain.Surveys;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder begins to work on a conversation that they have taken.</summary>
[Requires(Permission.HoldConversations)]
public sealed record StartConversation(Guid ConversationId) : ICommand<ConversationView>, IOnce;

internal sealed class StartConversationHandler(
    IConversationRepository conversations, SurveySending surveys, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<StartConversation, ConversationView>
{
    public async Task<ConversationView> Handle(StartConversation command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        var now = clock.GetUtcNow();
        conversation.Start(caller.UserId, now);
        await surveys.SendIfAutomaticAsync(conversation, SurveyType.Entry, caller.UserId, now, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
