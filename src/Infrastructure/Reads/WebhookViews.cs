using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Webhooks;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class WebhookViews(DbSession db, Keyring keyring, AdminLists lists, TimeProvider clock)
    : IWebhookViews, IRequestHandler<GetWebhook, WebhookView>, IRequestHandler<ListWebhooks, Page<WebhookView>>,
        IRequestHandler<ListWebhookDeliveries, Page<WebhookDeliveryView>>
{
    private const string Select = """
        select id, affiliate_id, url, event_types, header_names, status, disabled_for, failing_since,
               case when previous_until > @Now then previous_until end as previous_secret_until, version, created_at, updated_at
        from webhooks
        """;

    public Task<WebhookView> Handle(GetWebhook query, CancellationToken cancellationToken) => ShowAsync(new(query.WebhookId), cancellationToken);

    public async Task<WebhookView> ShowAsync(WebhookId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where id = @id
            """;

        var row = await db.FindAsync<Row>(sql, new { id, Now = clock.GetUtcNow() }, cancellationToken) ?? throw new NotFoundException("The webhook");
        return row.Show(await keyring.OfAsync(row.AffiliateId, cancellationToken));
    }

    public Task<Page<WebhookView>> Handle(ListWebhooks query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where {AdminRows.Condition}
            order by id
            limit @Take
            """;

        return lists.ReadAsync<WebhookView>(
            AdminResources.Webhook, query, query.AffiliateId, program: null,
            async wanted =>
            {
                var rows = await db.ListAsync<Row>(sql, new { wanted.Ids, wanted.After, wanted.Take, Now = clock.GetUtcNow() }, cancellationToken);
                var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
                return [.. rows.Select(row => row.Show(keys))];
            },
            view => view.Id, cancellationToken);
    }

    public async Task<Page<WebhookDeliveryView>> Handle(ListWebhookDeliveries query, CancellationToken cancellationToken)
    {
        const string known = "select id from webhooks where id = @WebhookId";
        const string sql = """
            select id, event_id, type, status, attempts, response_status, code, duration_ms as duration_milliseconds, created_at,
                   attempted_at as last_attempt_at, case when status = 'waiting' then due_at end as next_attempt_at, ended_at
            from webhook_deliveries
            where affiliate_id = @Affiliate and webhook_id = @WebhookId and (@Status::text is null or status = @Status)
                and (@After::uuid is null or id < @After)
            order by id desc
            limit @Take
            """;

        _ = await db.FindAsync<Guid?>(known, new { query.WebhookId }, cancellationToken) ?? throw new NotFoundException("The webhook");
        var rows = await db.ListAsync<WebhookDeliveryView>(
            sql, new { db.Affiliate, query.WebhookId, query.Status, After = query.After(), Take = query.Size() + 1 }, cancellationToken);
        return Page.Of(rows, query.Size(), delivery => Paging.CursorOf(delivery.Id));
    }

    private sealed record Row(
        Guid Id, Guid AffiliateId, byte[] Url, string[] EventTypes, string[] HeaderNames, string Status, string? DisabledFor,
        DateTimeOffset? FailingSince, DateTimeOffset? PreviousSecretUntil, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public WebhookView Show(AffiliateKeys keys)
        {
            var url = keys.Fields.OpenTextOrNull(WebhookSecrets.PlaceOf(keys, Id, "url"), Url);
            return new WebhookView(
                Id, AffiliateId, url ?? "", EventTypes, HeaderNames, Status, DisabledFor, FailingSince, PreviousSecretUntil, Version, CreatedAt,
                UpdatedAt, url is null);
        }
    }
}
