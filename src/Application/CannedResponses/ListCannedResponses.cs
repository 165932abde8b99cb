using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.CannedResponses;

/// <summary>An affiliate's canned responses, for a responder those of their programs; for a platform admin who names no affiliate, everybody's.</summary>
[Requires(Permission.ReadCannedResponses)]
public sealed record ListCannedResponses(Guid? AffiliateId, Guid? ProgramId, int? Limit, string? Cursor)
    : IQuery<Page<CannedResponseView>>, IInAffiliate, IPaged;

internal sealed class ListCannedResponsesValidator : AbstractValidator<ListCannedResponses>
{
    public ListCannedResponsesValidator() => this.MustBePaged();
}
