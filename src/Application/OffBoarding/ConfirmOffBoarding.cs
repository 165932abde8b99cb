using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.OffBoarding;

/// <summary>A platform admin confirms that everything of an affiliate is to be destroyed. It takes the affiliate's name, so that it happens to no other by a slip.</summary>
/// <param name="WithoutExport">Nobody has taken anything out, and nobody is to.</param>
[Requires(Permission.ManageAffiliates)]
public sealed record ConfirmOffBoarding(Guid AffiliateId, Guid OffBoardingId, string Name, bool WithoutExport) : ICommand<OffBoardingView>;

internal sealed class ConfirmOffBoardingValidator : AbstractValidator<ConfirmOffBoarding>
{
    public ConfirmOffBoardingValidator() => RuleFor(command => command.Name).NotEmpty();
}

internal sealed class ConfirmOffBoardingHandler(
    IAffiliateRepository affiliates, IOffBoardings offBoardings, IUnitOfWork work, ICaller caller, TimeProvider clock)
    : IRequestHandler<ConfirmOffBoarding, OffBoardingView>
{
    public async Task<OffBoardingView> Handle(ConfirmOffBoarding command, CancellationToken cancellationToken)
    {
        var isConfirmed = await offBoardings.IsConfirmedAsync(new(command.AffiliateId), cancellationToken);
        var affiliate = await affiliates.GetAsync(new(command.AffiliateId), cancellationToken);
        var begun = await offBoardings.GetAsync(affiliate.Id, cancellationToken);
        if (isConfirmed || begun.Id != command.OffBoardingId || begun.Status != "begun")
        {
            throw new NotFoundException("The off-boarding");
        }

        if (command.Name != affiliate.Name)
        {
            throw new RefusedException("affiliate.not_confirmed", "That is not the affiliate's name.");
        }

        if (affiliate.Status != Status.Inactive)
        {
            throw new RefusedException("affiliate.active", "The affiliate is active. Make it inactive first: nobody may be writing to it.");
        }

        if (begun.ExportedAt is null && !command.WithoutExport)
        {
            throw new RefusedException("affiliate.not_exported", "The affiliate's admin has not taken out what is stored.");
        }

        await work.EnterAsync(affiliate.Id, cancellationToken);
        if (await offBoardings.IsHeldBackAsync(cancellationToken))
        {
            throw new RefusedException("affiliate.on_hold", "A legal hold stands on something of the affiliate's.");
        }

        await offBoardings.ConfirmAsync(begun.Id, caller.UserId, clock.GetUtcNow(), cancellationToken);
        return await offBoardings.GetAsync(affiliate.Id, cancellationToken);
    }
}
