using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Affiliates;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Affiliates;

/// <summary>A platform admin takes a crisis centre in.</summary>
[Requires(Permission.ManageAffiliates)]
public sealed record CreateAffiliate(
    string Name, string? Region, string? TimeZone, int? DataRetentionDays, string? ContactEmail, string? Status)
    : ICommand<AffiliateView>, IOnce, IAffiliateForm;

internal sealed class CreateAffiliateValidator : AbstractValidator<CreateAffiliate>
{
    public CreateAffiliateValidator() => this.MustDescribeAnAffiliate();
}

internal sealed class CreateAffiliateHandler(IAffiliateRepository affiliates, IAffiliateViews views, TimeProvider clock)
    : IRequestHandler<CreateAffiliate, AffiliateView>
{
    public async Task<AffiliateView> Handle(CreateAffiliate command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var affiliate = new Affiliate(
            new(Guid.CreateVersion7(now)), command.Name.Trim(), command.Region.Trimmed(), command.TimeZone ?? AffiliateForm.DefaultTimeZone,
            command.DataRetentionDays ?? AffiliateForm.DefaultRetentionDays, command.ContactEmail.Trimmed(),
            command.Status.Or(Status.Active), version: 1, now, now);
        await affiliates.AddAsync(affiliate, cancellationToken);
        return await views.ShowAsync(affiliate.Id, cancellationToken);
    }
}
