using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;
using MediatR;

namespace Chat.Application.Risk;

/// <summary>
/// Triage has seen something in what a texter wrote: the conversation's level rises, never falls, and so does its place in the queue;
/// what it is about becomes tags; and where somebody may be in danger, people are told.
/// </summary>
[Requires(Permission.RunTheSystem)]
public sealed record AssessRisk(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class AssessRiskHandler(
    IConversationRepository conversations, IRiskFile file, ITriageRules rules, IDueJobs jobs, INotifier notifier, TimeProvider clock)
    : IRequestHandler<AssessRisk, Done>
{
    private static readonly TimeSpan ToAssess = TimeSpan.FromMinutes(10);

    public async Task<Done> Handle(AssessRisk request, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetForSystemAsync(request.ConversationId, cancellationToken);
        if (!await jobs.BeginAsync(JobKind.Risk, conversation.Id.Value, cancellationToken))
        {
            return default;
        }

        var now = clock.GetUtcNow();
        var triage = rules.Of(request.Affiliate, conversation.ProgramId);
        var memory = await file.GetAsync(conversation.Id, cancellationToken);
        if (memory.IsStale)
        {
            memory = memory with { Triage = await ReadAgainAsync(triage, conversation, memory.Triage, cancellationToken) };
            await file.SaveAsync(conversation.Id, memory, cancellationToken);
        }

        var topics = memory.Triage.Topics.Except(memory.AutomaticTags).ToArray();
        if (topics.Length > 0)
        {
            conversation.SetTags([.. conversation.Tags, .. topics], now);
            await file.SaveTagsAsync(conversation.Id, memory with { AutomaticTags = [.. memory.AutomaticTags, .. topics] }, cancellationToken);
        }

        if (memory.Triage.Level > conversation.RiskLevel && conversation.IsOpen)
        {
            await RaiseAsync(triage.Version, conversation, memory.Triage, now, cancellationToken);
        }

        await conversations.SaveAsync(conversation, cancellationToken);
        return default;
    }

    // Another instance's memory was newer, or was not read yet: what came after it is read in its order.
    private async Task<TriageMemory> ReadAgainAsync(
        TriageEngine triage, Conversation conversation, TriageMemory memory, CancellationToken cancellationToken)
    {
        var number = memory.Messages;
        foreach (var text in await file.TexterMessagesAfterAsync(conversation.Id, number, cancellationToken))
        {
            memory = triage.Assess(memory, text, ++number).Memory;
        }

        return memory;
    }

    private async Task RaiseAsync(
        string version, Conversation conversation, TriageMemory memory, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = conversation.RiskLevel;
        conversation.SetRisk(memory.Level, now);
        var spoke = memory.Reasons.Where(reason => reason.Level > before).Select(reason => reason.Rule).ToList();
        await file.RecordAsync(
            new RiskChange(conversation.Id, before, memory.Level, null, null, spoke, version, memory.Language, now), cancellationToken);

        // A block keeps somebody from calling people for nothing. It never hides that they are in danger.
        if (conversation.State == ConversationState.New && memory.Level >= RiskLevel.Moderate)
        {
            conversation.Route(now);
        }

        if (conversation.IsInDanger)
        {
            await AlertAsync(conversation, cancellationToken);
        }

        if (memory.Level >= RiskLevel.Moderate)
        {
            await jobs.ScheduleAsync(JobKind.Assessment, conversation.Id.Value, now + ToAssess, cancellationToken);
        }
    }

    private async Task AlertAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        await notifier.TellSupervisorsAsync(NotificationKind.RiskRaised, conversation.Id, null, cancellationToken);
        if (conversation.ResponderId is { } responder)
        {
            await notifier.TellAsync(NotificationKind.RiskRaised, responder, conversation.Id, null, cancellationToken);
        }
        else
        {
            await notifier.TellAvailableAsync(NotificationKind.RiskRaised, conversation.ProgramId, conversation.Id, cancellationToken);
        }
    }
}
