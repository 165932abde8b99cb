using Chat.Application.Ports;
using Chat.Application.Risk;
using Chat.Domain.Common;
using Chat.Domain.Triage;

namespace Chat.Infrastructure.Triage;

/// <summary>Quotes the texter's own most telling sentences, in this process: it makes nothing up, and no text leaves the installation.</summary>
internal sealed class ExtractiveSummariser(ITriageRules rules) : ISummariser
{
    public string NameIn(AffiliateId affiliate, ProgramId program) => "extractive " + rules.Of(affiliate, program).Version;

    public Task<SummaryContent> SummariseAsync(SummaryMaterial material, CancellationToken cancellationToken)
    {
        var summary = new SummaryEngine(rules.Of(material.Affiliate, material.Program)).Summarise(material.Messages, material.Held, material.Tags);
        var lines = summary.Lines.Select(line => new SummaryLineView(line.Sequence, line.Text, line.Level.Name(), line.Rules));
        return Task.FromResult(new SummaryContent(summary.Topics, [.. lines], summary.PlainText));
    }
}
