using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Quarantine;

/// <summary>A kept call has gone in.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record MarkReplayed(Guid CallId, Guid? AffiliateId) : ICommand<Done>, IInAffiliate;

internal sealed class MarkReplayedHandler(IQuarantine quarantine) : IRequestHandler<MarkReplayed, Done>
{
    public async Task<Done> Handle(MarkReplayed command, CancellationToken cancellationToken)
    {
        await quarantine.MarkReplayedAsync(command.CallId, cancellationToken);
        return default;
    }
}
