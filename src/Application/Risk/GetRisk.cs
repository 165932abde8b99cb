using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Risk;

/// <summary>How much danger a texter is thought to be in, on what that rests, and how it came about.</summary>
[Requires(Permission.ReadConversations)]
public sealed record GetRisk(Guid ConversationId) : IQuery<RiskView>, IReadsConversation;

internal sealed class GetRiskHandler(IRiskViews views) : IRequestHandler<GetRisk, RiskView>
{
    public Task<RiskView> Handle(GetRisk query, CancellationToken cancellationToken) => views.ShowAsync(new(query.ConversationId), cancellationToken);
}

/// <param name="Version">Of the rules that triage works by.</param>
/// <param name="Reasons">What triage saw, the gravest first; none once a person has judged it.</param>
public sealed record RiskView(string Level, string Version, IReadOnlyList<RiskReasonView> Reasons, IReadOnlyList<RiskChangeView> History);

/// <param name="Rule">Which rule spoke.</param>
/// <param name="Phrase">The texter's words that it spoke of; null where the message cannot be read any more.</param>
/// <param name="Start">Where in the message they stand, in UTF-16 units.</param>
public sealed record RiskReasonView(Guid MessageId, long Sequence, string Rule, string Level, string? Phrase, int Start, int Length);

/// <param name="ById">Who changed it; null for triage.</param>
/// <param name="Reason">In that person's words.</param>
/// <param name="Rules">The rules that spoke, where triage raised it.</param>
public sealed record RiskChangeView(
    DateTimeOffset At, string FromLevel, string ToLevel, Guid? ById, string? ByName, string? Reason, IReadOnlyList<string> Rules, string Version);
