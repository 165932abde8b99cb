using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Quarantine;

/// <summary>Calls from providers that were refused and kept, the newest first.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record ListQuarantine(Guid? AffiliateId, int? Limit, string? Cursor)
    : IQuery<Page<QuarantinedCallView>>, IInAffiliate, IPaged;

/// <summary>A refused call, without what it said.</summary>
/// <param name="Size">The body's length in bytes.</param>
public sealed record QuarantinedCallView(
    Guid Id, Guid ChannelId, string Provider, string Reason, int Size, DateTimeOffset ReceivedAt, DateTimeOffset? ReplayedAt);

internal sealed class ListQuarantineValidator : AbstractValidator<ListQuarantine>
{
    public ListQuarantineValidator() => this.MustBePaged();
}
