using Chat.Application.Common;
using Chat.Application.Messages;
using Chat.Application.Ports;
using Chat.Domain.Conversations;
using Chat.Domain.Messages;
using FluentValidation;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>A responder has agreed with the texter to write again later, and says when and what.</summary>
[Requires(Permission.HoldConversations)]
public sealed record ScheduleFollowUp(Guid ConversationId, DateTimeOffset ScheduledFor, string Message) : ICommand<ConversationView>, IOnce;

internal sealed class ScheduleFollowUpValidator : AbstractValidator<ScheduleFollowUp>
{
    public ScheduleFollowUpValidator() =>
        RuleFor(command => command.Message).Must(MessageText.IsSaid).WithMessage("Write what the texter will read.").MaximumLength(SendReplyValidator.LongestText);
}

internal sealed class ScheduleFollowUpHandler(
    IConversationRepository conversations, IFollowUps followUps, IDueJobs jobs, ReportFiling filing, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<ScheduleFollowUp, ConversationView>
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    public async Task<ConversationView> Handle(ScheduleFollowUp command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        var followUp = new FollowUp(
            new(Guid.CreateVersion7(now)), conversation.Id, command.ScheduledFor.ToUniversalTime(), MessageText.Clean(command.Message), FollowUpStatus.Scheduled,
            caller.UserId, now);
        conversation.ScheduleFollowUp(followUp.Id, followUp.ScheduledFor, caller.UserId, now);
        if (command.ScheduledFor <= now || command.ScheduledFor > now + Furthest)
        {
            throw Rules.Invalid(nameof(command.ScheduledFor), "A time to come, within a year.");
        }

        await filing.RequireCompleteAsync(conversation, ConversationState.WrapUp, cancellationToken);
        await followUps.AddAsync(followUp, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        await jobs.ScheduleAsync(JobKind.FollowUp, conversation.Id.Value, followUp.ScheduledFor, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
