using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Quarantine;

/// <summary>An admin vouches for a call that was kept: it is marked as replayed and handed over to go in as if it had just come.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record TakeFromQuarantine(Guid CallId) : ICommand<VouchedCall>;

public sealed record VouchedCall(WebhookCall Call, ChannelAccount Account);

internal sealed class TakeFromQuarantineHandler(IQuarantine quarantine, IChannelDirectory channels, IUnitOfWork work)
    : IRequestHandler<TakeFromQuarantine, VouchedCall>
{
    public async Task<VouchedCall> Handle(TakeFromQuarantine command, CancellationToken cancellationToken)
    {
        var call = await quarantine.GetAsync(command.CallId, cancellationToken);
        var account = await channels.FindAsync(work.Affiliate, await quarantine.ChannelOfAsync(command.CallId, cancellationToken), cancellationToken)
            ?? throw new NotFoundException("The channel");
        await quarantine.MarkReplayedAsync(command.CallId, cancellationToken);
        return new VouchedCall(call, account);
    }
}
