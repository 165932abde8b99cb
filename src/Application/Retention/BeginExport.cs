using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Retention;

/// <summary>An admin takes out what is stored of one texter, to hand it to them. It is put on record before the first word is read.</summary>
[Requires(Permission.EraseTexters)]
public sealed record BeginExport(Guid TexterId) : ICommand<TexterExport>;

/// <summary>What is stored of a texter apart from what was said, and which conversations there are.</summary>
public sealed record TexterExport(
    Guid Id, string? Name, DateTimeOffset FirstSeenAt, string? TimeZone, IReadOnlyList<ExportedAddress> Addresses, string? Plan, IReadOnlyList<ExportedNote> Notes,
    IReadOnlyList<ExportedBlock> Blocks, bool HasStoppedMessages, IReadOnlyList<Guid> Conversations);

/// <param name="Address">Null where it cannot be read any more, as everywhere here.</param>
public sealed record ExportedAddress(string Kind, string? Address, DateTimeOffset FirstSeenAt);

public sealed record ExportedNote(DateTimeOffset WrittenAt, string? Text);

public sealed record ExportedBlock(DateTimeOffset AskedAt, DateTimeOffset? ApprovedAt, DateTimeOffset? Until, DateTimeOffset? EndedAt, string? Reason);

internal sealed class BeginExportHandler(IExports exports) : IRequestHandler<BeginExport, TexterExport>
{
    public Task<TexterExport> Handle(BeginExport command, CancellationToken cancellationToken) => exports.TexterAsync(new(command.TexterId), cancellationToken);
}
