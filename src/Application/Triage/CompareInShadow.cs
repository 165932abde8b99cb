using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Triage;
using MediatR;

namespace Chat.Application.Triage;

/// <summary>
/// What a texter has written is read by the rules at work and by the candidate beside them, and where they come to differ is noted. It
/// changes nothing: no level, no place in a queue, no alert.
/// </summary>
[Requires(Permission.RunTheSystem)]
public sealed record CompareInShadow(AffiliateId Affiliate, ConversationId ConversationId) : IUseCase<Done>, IForAffiliate;

internal sealed class CompareInShadowHandler(ITriageRules rules, IShadowFile file, TimeProvider clock) : IRequestHandler<CompareInShadow, Done>
{
    public async Task<Done> Handle(CompareInShadow request, CancellationToken cancellationToken)
    {
        if (await file.ReadAsync(request.ConversationId, cancellationToken) is { } conversation
            && rules.ShadowOf(request.Affiliate, conversation.ProgramId) is { } shadow)
        {
            var differences = Compare(rules.Of(request.Affiliate, conversation.ProgramId), shadow, conversation.Messages, clock.GetUtcNow());
            await file.RecordAsync(request.ConversationId, differences, cancellationToken);
        }

        return default;
    }

    // A difference is noted where it comes about, and not again with every message after it.
    private static List<ShadowDifference> Compare(
        TriageEngine live, TriageEngine shadow, IReadOnlyList<(long Sequence, string Text)> messages, DateTimeOffset now)
    {
        var differences = new List<ShadowDifference>();
        var (memory, other) = (TriageMemory.Empty, TriageMemory.Empty);
        ShadowDifference? last = null;
        for (var at = 0; at < messages.Count; at++)
        {
            memory = live.Assess(memory, messages[at].Text, at + 1).Memory;
            other = shadow.Assess(other, messages[at].Text, at + 1).Memory;
            var outcome = new ShadowDifference(
                messages[at].Sequence, live.Version, shadow.Version, memory.Level, other.Level, RulesOf(memory), RulesOf(other), memory.Language, now);
            if (Differs(outcome) && (last is null || !IsTheSame(outcome, last)))
            {
                differences.Add(outcome);
            }

            last = outcome;
        }

        return differences;
    }

    private static bool Differs(ShadowDifference outcome) =>
        outcome.LiveLevel != outcome.ShadowLevel || !outcome.LiveRules.SequenceEqual(outcome.ShadowRules);

    private static bool IsTheSame(ShadowDifference one, ShadowDifference other) =>
        (one.LiveLevel, one.ShadowLevel) == (other.LiveLevel, other.ShadowLevel)
        && one.LiveRules.SequenceEqual(other.LiveRules) && one.ShadowRules.SequenceEqual(other.ShadowRules);

    private static string[] RulesOf(TriageMemory memory) => [.. memory.Reasons.Select(reason => reason.Rule).Order(StringComparer.Ordinal)];
}
