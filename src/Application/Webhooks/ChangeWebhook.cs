using Chat.Application.Common;
using Chat.Application.EmergencyContacts;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Webhooks;

/// <summary>
/// Somebody changes where events are sent, or has a webhook that was switched off called again. Headers and status that are left out
/// stay as they are, but for headers when another host is called from now on.
/// </summary>
[Requires(Permission.ManageWebhooks)]
public sealed record ChangeWebhook(
    Guid WebhookId, long? ExpectedVersion, Guid? AffiliateId, string Url, IReadOnlyList<string>? EventTypes,
    IReadOnlyDictionary<string, string>? Headers, string? Status)
    : ICommand<WebhookView>, IAboutResource, IInAffiliate, IWebhookForm
{
    Guid IAboutResource.ResourceId => WebhookId;
}

internal sealed class ChangeWebhookValidator : AbstractValidator<ChangeWebhook>
{
    public ChangeWebhookValidator(WebhookAddresses addresses) => this.MustDescribeAWebhook(addresses);
}

internal sealed class ChangeWebhookHandler(IWebhookRepository webhooks, IWebhookViews views, IUnitOfWork work, TimeProvider clock)
    : IRequestHandler<ChangeWebhook, WebhookView>
{
    public async Task<WebhookView> Handle(ChangeWebhook command, CancellationToken cancellationToken)
    {
        var webhook = await webhooks.GetAsync(new(command.WebhookId), cancellationToken);
        Versions.Require(command.ExpectedVersion, webhook.Version);
        command.MustStayIn(work.Affiliate);
        webhook.Change(
            command.Url.Trim(), command.EventTypes!.Tidy(), command.Headers.Tidy(), command.Status.Or(webhook.Status), clock.GetUtcNow());
        await webhooks.SaveAsync(webhook, cancellationToken);
        return await views.ShowAsync(webhook.Id, cancellationToken);
    }
}
