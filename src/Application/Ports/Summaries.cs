using Chat.Application.Risk;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;

namespace Chat.Application.Ports;

/// <summary>Sums a conversation up for whoever takes it over. What it answers is kept with the conversation.</summary>
public interface ISummariser
{
    /// <summary>Who sums up, and by what: a summary that somebody else has made is made anew.</summary>
    string NameIn(AffiliateId affiliate, ProgramId program);

    Task<SummaryContent> SummariseAsync(SummaryMaterial material, CancellationToken cancellationToken);
}

/// <param name="Held">The level that the conversation has.</param>
/// <param name="Messages">What the texter and the line have said, the oldest first; those that can be read.</param>
public sealed record SummaryMaterial(
    AffiliateId Affiliate, ProgramId Program, RiskLevel Held, IReadOnlyList<string> Tags, IReadOnlyList<SummaryMessage> Messages);

public sealed record SummaryContent(IReadOnlyList<string> Topics, IReadOnlyList<SummaryLineView> Lines, string Text);
