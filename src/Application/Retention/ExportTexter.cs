using Chat.Application.Common;

namespace Chat.Application.Retention;

/// <summary>One texter of those that are taken out together; null where they have been purged meanwhile.</summary>
[Requires(Permission.EraseTexters)]
public sealed record ExportTexter(Guid TexterId) : IQuery<TexterExport?>;
