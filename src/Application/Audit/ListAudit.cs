using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Audit;

/// <summary>
/// Who did what, the newest first. A platform admin reads the installation's own entries, or those of the affiliate that they name.
/// </summary>
[Requires(Permission.ManageAffiliate)]
public sealed record ListAudit(
    Guid? AffiliateId, Guid? ActorId, string? Action, Guid? Subject, DateTimeOffset? From, DateTimeOffset? To, int? Limit, string? Cursor)
    : IQuery<Page<AuditEntryView>>, IInAffiliate, IPaged;

/// <summary>An entry of the audit trail: ids only, so that it outlives what it tells of.</summary>
/// <param name="Action">The use case.</param>
/// <param name="ActorId">Null where the platform acted by itself.</param>
/// <param name="Subjects">What was changed.</param>
public sealed record AuditEntryView(
    Guid Id, string Action, Guid? ActorId, Guid[] Subjects, string RequestId, DateTimeOffset At);

internal sealed class ListAuditValidator : AbstractValidator<ListAudit>
{
    public ListAuditValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Action).MustBeALine(100);
        RuleFor(query => query.To).GreaterThanOrEqualTo(query => query.From).When(query => query.From is not null && query.To is not null);
    }
}
