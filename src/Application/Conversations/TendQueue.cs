using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Programs;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>
/// Looks after somebody who waits: an honest first answer, now and then a word that they are not forgotten, a word to those who could
/// take them, and at last a goodbye. It runs when they begin to wait, and whenever the next of these is due.
/// </summary>
[Requires(Permission.RunTheSystem)]
public sealed record TendQueue(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class TendQueueHandler(
    IConversationRepository conversations, IMessageRepository messages, ITexterRepository texters, IWaits waits, IProgramFacts programs,
    IPresences presences, IDueJobs jobs, INotifier notifier, TimeProvider clock)
    : IRequestHandler<TendQueue, Done>
{
    public async Task<Done> Handle(TendQueue request, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        if (!await jobs.BeginAsync(JobKind.Queue, conversation.Id.Value, cancellationToken) || conversation.State != ConversationState.Queued)
        {
            return default;
        }

        var now = clock.GetUtcNow();
        var program = await programs.GetAsync(conversation.ProgramId, cancellationToken);
        var wait = await waits.OfAsync(conversation, cancellationToken);
        var times = new QueueTimes(program.Settings, program.Hours, conversation.StateSince, wait.LastSaid);
        var reply = await ReplyNowAsync(conversation, program, times, wait, now, cancellationToken);
        await SayAsync(conversation, reply, program, now, cancellationToken);
        if (IsOver(conversation, times, now))
        {
            conversation.Expire(now);
            await conversations.SaveAsync(conversation, cancellationToken);
            return default;
        }

        await CallAsync(conversation, program, times, now, cancellationToken);
        conversation.Tend(now);
        await conversations.SaveAsync(conversation, cancellationToken);
        await jobs.ScheduleAsync(JobKind.Queue, conversation.Id.Value, times.After(now), cancellationToken);
        return default;
    }

    // Who is in danger is not given up by a clock.
    private static bool IsOver(Conversation conversation, QueueTimes times, DateTimeOffset now) => now >= times.Expires && !conversation.IsInDanger;

    /// <summary>What can honestly be said to the texter at this moment, if anything.</summary>
    private async Task<string?> ReplyNowAsync(
        Conversation conversation, ProgramFacts program, QueueTimes times, Wait wait, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var texts = program.Settings.Replies;
        if (IsOver(conversation, times, now))
        {
            return texts.Expired;
        }

        if (conversation.TendedAt is not null)
        {
            return times.NoticeIsDue(conversation.TendedAt, now) ? texts.StillWaiting : null;
        }

        return !wait.TexterBegan ? null
            : !program.Hours.IsOpenAt(now) ? texts.Closed
            : texts.AllBusy is { } busy && !await presences.AnyWithRoomAsync(program.Id, cancellationToken) ? busy
            : wait.Greeted ? null
            : texts.Welcome;
    }

    private async Task SayAsync(Conversation conversation, string? template, ProgramFacts program, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (template is null || await texters.StoppedAtAsync(conversation.TexterId, conversation.ChannelId, cancellationToken) is not null)
        {
            return;
        }

        var place = await waits.PlaceOfAsync(conversation, now, cancellationToken);
        var facts = new ReplyFacts(program.Name, place.ExpectedWait, place.Position, program.Hours.NextOpeningInWords(now));
        if (AutomaticReplies.Compose(template, facts) is { Length: > 0 } text)
        {
            await messages.AddAsync(
                conversation.Say(new MessageId(Guid.CreateVersion7(now)), text, now), conversation.ChannelId, cancellationToken);
        }
    }

    /// <summary>Calls those who could take the texter.</summary>
    private async Task CallAsync(Conversation conversation, ProgramFacts program, QueueTimes times, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (conversation.TendedAt is null && program.Settings.Assignment == Assignment.Push)
        {
            await jobs.ScheduleAsync(JobKind.Assign, program.Id.Value, now, cancellationToken);
        }

        if (times.AlertIsDue(conversation.TendedAt, now) || now >= times.Expires)
        {
            await notifier.TellSupervisorsAsync(NotificationKind.QueueAlert, conversation.Id, null, cancellationToken);
            await notifier.TellAvailableAsync(NotificationKind.QueueAlert, program.Id, conversation.Id, cancellationToken);
        }
    }
}
