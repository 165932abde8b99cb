using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.ApiKeys;

/// <summary>An affiliate's keys; for a platform admin who names no affiliate, everybody's.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record ListApiKeys(Guid? AffiliateId, int? Limit, string? Cursor) : IQuery<Page<ApiKeyView>>, IInAffiliate, IPaged;

internal sealed class ListApiKeysValidator : AbstractValidator<ListApiKeys>
{
    public ListApiKeysValidator() => this.MustBePaged();
}
