using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Surveys;
using Chat.Domain.Surveys;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>The goodbye has been said: the responder files what there is to file, and no longer writes to the texter unless they come back.</summary>
[Requires(Permission.HoldConversations)]
public sealed record BeginWrapUp(Guid ConversationId, ReportDraft? Report) : ICommand<ConversationView>, IOnce;

internal sealed class BeginWrapUpValidator : ReportDraftValidator<BeginWrapUp>
{
    public BeginWrapUpValidator()
        : base(command => command.Report)
    {
    }
}

internal sealed class BeginWrapUpHandler(
    IConversationRepository conversations, ReportFiling filing, SurveySending surveys, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<BeginWrapUp, ConversationView>
{
    public async Task<ConversationView> Handle(BeginWrapUp command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        var now = clock.GetUtcNow();
        conversation.BeginWrapUp(caller.UserId, now);
        if (command.Report is { } draft)
        {
            await filing.FileAsync(conversation, draft, cancellationToken);
        }

        await surveys.SendIfAutomaticAsync(conversation, SurveyType.Exit, caller.UserId, now, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
