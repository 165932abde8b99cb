using Chat.Application.Common;
using Chat.Application.Messages;
using Chat.Application.Ports;
using Chat.Domain.Conversations;
using Chat.Domain.Messages;
using FluentValidation;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>
/// A responder has agreed with the texter to write again later, and says when and what. What would fall into the texter's quiet hours is
/// sent when those end.
/// </summary>
/// <param name="Agreed">Whether the texter has agreed, as the responder says; it is kept with who said so and when.</param>
[Requires(Permission.HoldConversations)]
public sealed record ScheduleFollowUp(Guid ConversationId, DateTimeOffset ScheduledFor, string Message, bool? Agreed) : ICommand<ConversationView>, IOnce;

internal sealed class ScheduleFollowUpValidator : AbstractValidator<ScheduleFollowUp>
{
    public ScheduleFollowUpValidator() =>
        RuleFor(command => command.Message).Must(MessageText.IsSaid).WithMessage("Write what the texter will read.").MaximumLength(SendReplyValidator.LongestText);
}

internal sealed class ScheduleFollowUpHandler(
    IConversationRepository conversations, IFollowUps followUps, IDueJobs jobs, WritingHours writing, ReportFiling filing, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<ScheduleFollowUp, ConversationView>
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    public async Task<ConversationView> Handle(ScheduleFollowUp command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        var now = clock.GetUtcNow();
        var at = await writing.NotBeforeAsync(conversation, command.ScheduledFor.ToUniversalTime(), cancellationToken);
        var followUp = new FollowUp(
            new(Guid.CreateVersion7(now)), conversation.Id, at, MessageText.Clean(command.Message), FollowUpStatus.Scheduled,
            caller.UserId, now, command.Agreed);
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

/// <summary>When a texter can be written to by the clock: outside their program's quiet hours, in their own time.</summary>
internal sealed class WritingHours(ITexterRepository texters, IProgramFacts programs)
{
    /// <summary>The time itself, or else the end of the quiet hours in which it lies.</summary>
    public async Task<DateTimeOffset> NotBeforeAsync(Conversation conversation, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var program = await programs.GetAsync(conversation.ProgramId, cancellationToken);
        var hours = program.Settings.WritingHoursIn(await texters.TimeZoneAsync(conversation.TexterId, cancellationToken) ?? program.TimeZone);
        return hours.IsOpenAt(at) ? at : hours.NextOpeningAfter(at) ?? at;
    }
}
