using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Webhooks;
using MediatR;

namespace Chat.Application.Webhooks;

/// <summary>The platform calls a webhook no more, and tells the affiliate's admins.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record DisableWebhook(AffiliateId Affiliate, WebhookId WebhookId, WebhookFault Fault) : ICommand<Done>, IForAffiliate;

internal sealed class DisableWebhookHandler(IWebhookRepository webhooks, INotifier notifier, TimeProvider clock)
    : IRequestHandler<DisableWebhook, Done>
{
    public async Task<Done> Handle(DisableWebhook command, CancellationToken cancellationToken)
    {
        var (webhook, now) = (await webhooks.GetAsync(command.WebhookId, cancellationToken), clock.GetUtcNow());

        // Something may have got through since, or somebody may have had another look at it.
        if (webhook.Status == Status.Active && (command.Fault != WebhookFault.Failing || now - webhook.FailingSince >= Webhook.LongestFailing))
        {
            webhook.Disable(command.Fault, now);
            await webhooks.SaveAsync(webhook, cancellationToken);
            await notifier.TellAdminsAsync(NotificationKind.WebhookDisabled, webhook.Id.Value, cancellationToken);
        }

        return default;
    }
}
