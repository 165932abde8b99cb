using Chat.Application.Common;
using MediatR;

namespace Chat.Application.Configuration;

/// <summary>An affiliate's programs, keywords, surveys and canned responses as one document.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record GetConfiguration(Guid? AffiliateId) : IQuery<ConfigurationText>, IInAffiliate;

internal sealed class GetConfigurationHandler(StoredConfiguration stored) : IRequestHandler<GetConfiguration, ConfigurationText>
{
    public async Task<ConfigurationText> Handle(GetConfiguration query, CancellationToken cancellationToken) =>
        stored.Write(await stored.ReadAsync(query.AffiliateId, cancellationToken));
}
