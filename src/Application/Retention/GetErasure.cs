using Chat.Application.Common;

namespace Chat.Application.Retention;

/// <summary>The proof of one erasure.</summary>
[Requires(Permission.EraseTexters)]
public sealed record GetErasure(Guid ErasureId) : IQuery<ErasureView>;
