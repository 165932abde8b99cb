using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Affiliates;

/// <summary>A platform admin removes an affiliate that has nothing.</summary>
[Requires(Permission.ManageAffiliates)]
public sealed record DeleteAffiliate(Guid AffiliateId, long? ExpectedVersion) : ICommand<Done>;

internal sealed class DeleteAffiliateHandler(IAffiliateRepository affiliates) : IRequestHandler<DeleteAffiliate, Done>
{
    public async Task<Done> Handle(DeleteAffiliate command, CancellationToken cancellationToken)
    {
        var affiliate = await affiliates.GetAsync(new(command.AffiliateId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, affiliate.Version);
        await affiliates.DeleteAsync(affiliate, cancellationToken);
        return default;
    }
}
