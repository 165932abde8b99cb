using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.OffBoarding;

/// <summary>An admin has been handed everything, to the last file: where the affiliate is leaving, that is noted.</summary>
[Requires(Permission.EraseTexters)]
public sealed record RecordAffiliateExport : ICommand<Done>;

internal sealed class RecordAffiliateExportHandler(IOffBoardings offBoardings, ICaller caller, TimeProvider clock) : IRequestHandler<RecordAffiliateExport, Done>
{
    public async Task<Done> Handle(RecordAffiliateExport command, CancellationToken cancellationToken)
    {
        await offBoardings.RecordExportAsync(caller.AffiliateId, clock.GetUtcNow(), cancellationToken);
        return default;
    }
}
