using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Configuration;

/// <summary>An admin asks what a document would change. It is applied and taken back: what would be refused is refused here as well.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record TryConfiguration(Guid? AffiliateId, string? ExpectedTag, string? Document, bool Prune) : IQuery<ConfigurationReport>, IInAffiliate;

internal sealed class TryConfigurationHandler(ConfigurationApplying applying, IUnitOfWork work) : IRequestHandler<TryConfiguration, ConfigurationReport>
{
    public async Task<ConfigurationReport> Handle(TryConfiguration query, CancellationToken cancellationToken)
    {
        var applied = await applying.ApplyAsync(query.AffiliateId, query.ExpectedTag, query.Document, query.Prune, cancellationToken);
        await work.RollBackAsync();
        return applied.Report with { DryRun = true };
    }
}
