using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Retention;

/// <summary>The proofs of erasures, the newest first.</summary>
[Requires(Permission.EraseTexters)]
public sealed record ListErasures(int? Limit, string? Cursor) : IQuery<Page<ErasureView>>, IPaged;

internal sealed class ListErasuresValidator : AbstractValidator<ListErasures>
{
    public ListErasuresValidator() => this.MustBePaged();
}
