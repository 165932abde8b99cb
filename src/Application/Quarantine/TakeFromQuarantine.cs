using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Quarantine;

/// <summary>An admin vouches for a call that was kept: it is handed over to go in as if it had just come.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record TakeFromQuarantine(Guid CallId, Guid? AffiliateId) : IUseCase<VouchedCall>, IInAffiliate;

public sealed record VouchedCall(WebhookCall Call, ChannelAccount Account);

internal sealed class TakeFromQuarantineHandler(IQuarantine quarantine, IChannelDirectory channels, IUnitOfWork work)
    : IRequestHandler<TakeFromQuarantine, VouchedCall>
{
    public async Task<VouchedCall> Handle(TakeFromQuarantine request, CancellationToken cancellationToken)
    {
        var call = await quarantine.GetAsync(request.CallId, cancellationToken);
        var account = await channels.FindAsync(work.Affiliate, await quarantine.ChannelOfAsync(request.CallId, cancellationToken), cancellationToken)
            ?? throw new NotFoundException("The channel");
        return new VouchedCall(call, account);
    }
}
