using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.OffBoarding;

/// <summary>The next portion of what an affiliate had is purged; true while something is left.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record PurgeAffiliate(AffiliateId Affiliate) : ICommand<bool>, IForAffiliate;

internal sealed class PurgeAffiliateHandler(IOffBoardings offBoardings) : IRequestHandler<PurgeAffiliate, bool>
{
    public Task<bool> Handle(PurgeAffiliate command, CancellationToken cancellationToken) => offBoardings.DeleteSomeAsync(command.Affiliate, cancellationToken);
}
