using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Webhooks;

/// <summary>An affiliate's webhooks; for a platform admin who names no affiliate, everybody's.</summary>
[Requires(Permission.ManageWebhooks)]
public sealed record ListWebhooks(Guid? AffiliateId, int? Limit, string? Cursor) : IQuery<Page<WebhookView>>, IInAffiliate, IPaged;

internal sealed class ListWebhooksValidator : AbstractValidator<ListWebhooks>
{
    public ListWebhooksValidator() => this.MustBePaged();
}
