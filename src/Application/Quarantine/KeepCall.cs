using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Quarantine;

/// <summary>A provider's call that cannot be let in is kept, sealed, for an admin to look into.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record KeepCall(ChannelAccount Account, WebhookCall Call, string Reason, bool Proven) : IUseCase<Done>, IForAffiliate
{
    public AffiliateId Affiliate => Account.AffiliateId;
}

internal sealed class KeepCallHandler(IQuarantine quarantine) : IRequestHandler<KeepCall, Done>
{
    public async Task<Done> Handle(KeepCall command, CancellationToken cancellationToken)
    {
        await quarantine.KeepAsync(command.Account, command.Call, command.Reason, command.Proven, cancellationToken);
        return default;
    }
}
