using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Retention;

/// <summary>An admin holds a conversation back from being purged, or lets it go again.</summary>
[Requires(Permission.HoldBack)]
public sealed record SetLegalHold(Guid ConversationId, bool OnHold, string? Reason) : ICommand<LegalHoldView>;

public sealed record LegalHoldView(Guid ConversationId, bool OnHold, string? Reason, Guid? HeldBy, DateTimeOffset? HeldAt);

internal sealed class SetLegalHoldValidator : AbstractValidator<SetLegalHold>
{
    public SetLegalHoldValidator()
    {
        RuleFor(command => command.Reason).NotEmpty().When(command => command.OnHold);
        RuleFor(command => command.Reason).MustBeAText(2_000);
    }
}

internal sealed class SetLegalHoldHandler(ILegalHolds holds, ICaller caller, TimeProvider clock) : IRequestHandler<SetLegalHold, LegalHoldView>
{
    public async Task<LegalHoldView> Handle(SetLegalHold command, CancellationToken cancellationToken)
    {
        if (!command.OnHold)
        {
            await holds.ReleaseAsync(new(command.ConversationId), cancellationToken);
            return new LegalHoldView(command.ConversationId, false, null, null, null);
        }

        var (now, reason) = (clock.GetUtcNow(), command.Reason!.Trim());
        await holds.HoldAsync(new(command.ConversationId), reason, caller.UserId, now, cancellationToken);
        return new LegalHoldView(command.ConversationId, true, reason, caller.UserId.Value, now);
    }
}
