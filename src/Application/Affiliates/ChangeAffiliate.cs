using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Affiliates;

/// <summary>A platform admin changes an affiliate. Time zone, retention and status that are left out stay as they are.</summary>
[Requires(Permission.ManageAffiliates)]
public sealed record ChangeAffiliate(
    Guid AffiliateId, long? ExpectedVersion, string Name, string? Region, string? TimeZone, int? DataRetentionDays, string? ContactEmail,
    string? Status)
    : ICommand<AffiliateView>, IAffiliateForm;

internal sealed class ChangeAffiliateValidator : AbstractValidator<ChangeAffiliate>
{
    public ChangeAffiliateValidator() => this.MustDescribeAnAffiliate();
}

internal sealed class ChangeAffiliateHandler(IAffiliateRepository affiliates, IOffBoardings offBoardings, IAffiliateViews views, TimeProvider clock)
    : IRequestHandler<ChangeAffiliate, AffiliateView>
{
    public async Task<AffiliateView> Handle(ChangeAffiliate command, CancellationToken cancellationToken)
    {
        var isLeaving = await offBoardings.IsConfirmedAsync(new(command.AffiliateId), cancellationToken);
        var affiliate = await affiliates.GetAsync(new(command.AffiliateId), cancellationToken);
        Versions.Require(command.ExpectedVersion, affiliate.Version);
        if (isLeaving)
        {
            // Whoever wrote to it now would be destroyed with the rest.
            throw new RefusedException("affiliate.leaving", "Everything of this affiliate is being destroyed. It cannot be changed any more.");
        }

        affiliate.Change(
            command.Name.Trim(), command.Region.Trimmed(), command.TimeZone ?? affiliate.TimeZone,
            command.DataRetentionDays ?? affiliate.DataRetentionDays, command.ContactEmail.Trimmed(), command.Status.Or(affiliate.Status),
            clock.GetUtcNow());
        await affiliates.SaveAsync(affiliate, cancellationToken);
        return await views.ShowAsync(affiliate.Id, cancellationToken);
    }
}
