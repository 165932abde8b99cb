using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;

namespace Chat.Application.Webhooks;

/// <summary>What a webhook was told in the last thirty days, the newest first.</summary>
[Requires(Permission.ManageWebhooks)]
public sealed record ListWebhookDeliveries(Guid WebhookId, string? Status, int? Limit, string? Cursor)
    : IQuery<Page<WebhookDeliveryView>>, IAboutResource, IPaged
{
    Guid IAboutResource.ResourceId => WebhookId;
}

/// <summary>One event on its way to one webhook, without what was said.</summary>
/// <param name="EventId">The call's `webhook-id`, the same with every attempt.</param>
/// <param name="Status">waiting, delivered or failed.</param>
/// <param name="Attempts">How often it has been tried in all.</param>
/// <param name="ResponseStatus">What the receiver answered last; null: nothing.</param>
/// <param name="Code">What went wrong last, such as timeout, unreachable, tls, redirect, http_500, gone or address.not_allowed.</param>
/// <param name="DurationMilliseconds">How long the last attempt took.</param>
/// <param name="LastAttemptAt">When it was tried last.</param>
/// <param name="NextAttemptAt">When it is tried again, while it is waiting.</param>
public sealed record WebhookDeliveryView(
    Guid Id, Guid EventId, string Type, string Status, int Attempts, int? ResponseStatus, string? Code, int? DurationMilliseconds,
    DateTimeOffset CreatedAt, DateTimeOffset? LastAttemptAt, DateTimeOffset? NextAttemptAt, DateTimeOffset? EndedAt);

internal sealed class ListWebhookDeliveriesValidator : AbstractValidator<ListWebhookDeliveries>
{
    public ListWebhookDeliveriesValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Status).MustBeOneOf(Wire.All<WebhookDeliveryStatus>()).OverridePropertyName("status");
    }
}
