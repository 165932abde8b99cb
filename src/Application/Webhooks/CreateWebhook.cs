using Chat.Application.Common;
using Chat.Application.EmergencyContacts;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Webhooks;
using FluentValidation;
using MediatR;

namespace Chat.Application.Webhooks;

/// <summary>Somebody wants events sent to them. The answer holds the secret and is not kept for a repeated request.</summary>
[Requires(Permission.ManageWebhooks)]
public sealed record CreateWebhook(
    Guid? AffiliateId, string Url, IReadOnlyList<string>? EventTypes, IReadOnlyDictionary<string, string>? Headers, string? Status)
    : ICommand<NewWebhookSecret>, IInAffiliate, IWebhookForm;

internal sealed class CreateWebhookValidator : AbstractValidator<CreateWebhook>
{
    public CreateWebhookValidator(WebhookAddresses addresses) => this.MustDescribeAWebhook(addresses);
}

internal sealed class CreateWebhookHandler(
    IWebhookRepository webhooks, IAffiliateRepository affiliates, IWebhookViews views, IUnitOfWork work, TimeProvider clock)
    : IRequestHandler<CreateWebhook, NewWebhookSecret>
{
    // Each of them is a row with each event, in the texters' own commits.
    private const int Most = 20;

    public async Task<NewWebhookSecret> Handle(CreateWebhook command, CancellationToken cancellationToken)
    {
        if (command.AffiliateId is null && work.Affiliate.IsPlatform)
        {
            throw Rules.Invalid(nameof(command.AffiliateId), "Say which affiliate the webhook is for.");
        }

        await affiliates.GetAsync(work.Affiliate, cancellationToken);
        if (await webhooks.CountAsync(cancellationToken) >= Most)
        {
            throw new RefusedException("webhook.too_many", $"An affiliate has at most {Most} webhooks. Remove one first.");
        }

        var now = clock.GetUtcNow();
        var secret = WebhookSecret.New();
        var webhook = new Webhook(
            new(Guid.CreateVersion7(now)), command.Url.Trim(), secret, previousSecret: null, previousUntil: null, command.EventTypes!.Tidy(),
            command.Headers.Tidy() ?? new Dictionary<string, string>(), command.Status.Or(Status.Active), disabledFor: null,
            failingSince: null, version: 1, now, now);
        await webhooks.AddAsync(webhook, cancellationToken);
        return new NewWebhookSecret(await views.ShowAsync(webhook.Id, cancellationToken), secret);
    }
}
