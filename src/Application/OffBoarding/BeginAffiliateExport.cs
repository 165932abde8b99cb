using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.OffBoarding;

/// <summary>An admin takes out what is stored of all texters. It is put on record before the first word is read.</summary>
[Requires(Permission.EraseTexters)]
public sealed record BeginAffiliateExport : ICommand<IReadOnlyList<Guid>>;

internal sealed class BeginAffiliateExportHandler(IExports exports) : IRequestHandler<BeginAffiliateExport, IReadOnlyList<Guid>>
{
    public Task<IReadOnlyList<Guid>> Handle(BeginAffiliateExport command, CancellationToken cancellationToken) => exports.TextersAsync(cancellationToken);
}
