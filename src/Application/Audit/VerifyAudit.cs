using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Audit;

/// <summary>
/// Whether the audit trail is as it was written: every link is calculated again, from one number on, and held against an earlier
/// checkpoint. A platform admin asks for the installation's own trail, or that of the affiliate that they name.
/// </summary>
/// <param name="From">The first link to look at; the trail's beginning without it.</param>
/// <param name="CheckpointNumber">The number of a link that was noted earlier.</param>
/// <param name="CheckpointMac">What that link was then, in hexadecimal.</param>
[Requires(Permission.ManageAffiliate)]
public sealed record VerifyAudit(Guid? AffiliateId, long? From, long? CheckpointNumber, string? CheckpointMac) : IQuery<AuditVerification>, IInAffiliate;

/// <summary>What was found of the audit trail.</summary>
/// <param name="Intact">Whether all that was looked at is as it was written.</param>
/// <param name="Checked">How many links were looked at.</param>
/// <param name="NextFrom">Where to go on, when there are more than one call looks at.</param>
/// <param name="Head">The last link that was looked at: the checkpoint to keep, outside the database.</param>
/// <param name="Unlinked">Entries that have no link yet. They are laid within seconds, so many or old ones are a sign of trouble.</param>
/// <param name="OldestUnlinked">When the oldest of them was written.</param>
public sealed record AuditVerification(
    bool Intact, AuditFault? Fault, long Checked, long? NextFrom, AuditCheckpoint? Head, long Unlinked, DateTimeOffset? OldestUnlinked);

/// <summary>The first thing that is wrong.</summary>
/// <param name="Code">
/// `altered`: an entry or its link is not as it was written; `missing_link`: a number is left out; `missing_entry`: an entry is gone;
/// `checkpoint_mismatch`: the link of the checkpoint is another one; `checkpoint_missing`: the trail ends before it.
/// </param>
/// <param name="Number">The link's number.</param>
public sealed record AuditFault(string Code, long Number, Guid? EntryId);

/// <summary>A link of the chain, with which all before it can be proven later.</summary>
/// <param name="Mac">In hexadecimal.</param>
public sealed record AuditCheckpoint(long Number, string Mac, DateTimeOffset LaidAt);

internal sealed class VerifyAuditValidator : AbstractValidator<VerifyAudit>
{
    public VerifyAuditValidator()
    {
        RuleFor(query => query.From).GreaterThan(0);
        RuleFor(query => query.CheckpointNumber).GreaterThan(0);
        RuleFor(query => query.CheckpointNumber).NotNull().When(query => query.CheckpointMac is not null);
        RuleFor(query => query.CheckpointMac).NotNull().When(query => query.CheckpointNumber is not null);
        RuleFor(query => query.CheckpointMac).Matches("^[0-9a-fA-F]{64}$").WithMessage("A checkpoint has 64 hexadecimal digits.");
    }
}
