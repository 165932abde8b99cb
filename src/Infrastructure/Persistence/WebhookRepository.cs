using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Webhooks;
using Chat.Infrastructure.Keys;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>Where a webhook calls and what it shows there: each column sealed under the affiliate's key.</summary>
internal static class WebhookSecrets
{
    public static Place PlaceOf(AffiliateKeys keys, Guid webhook, string column) => new(keys.Affiliate, "webhooks", column, webhook);
}

internal sealed class WebhookRepository(DbSession db, Keyring keyring) : IWebhookRepository
{
    private const string Select = """
        select id, url, secret, previous_secret, previous_until, event_types, headers, status, disabled_for, failing_since, version, created_at, updated_at
        from webhooks
        where id = @id
        """;

    public async Task<Webhook> GetAsync(WebhookId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            for no key update
            """;

        return await ReadAsync(sql, id, cancellationToken) ?? throw new NotFoundException("The webhook");
    }

    public Task<Webhook?> FindAsync(WebhookId id, CancellationToken cancellationToken) => ReadAsync(Select, id, cancellationToken);

    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        const string turn = "select pg_advisory_xact_lock(hashtext('chat.webhooks'), hashtext(@affiliate::text))";
        const string sql = "select count(*)::int from webhooks";

        await db.ExecuteAsync(turn, new { affiliate = db.Affiliate.Value }, cancellationToken);
        return await db.FindAsync<int>(sql, new { }, cancellationToken);
    }

    public async Task AddAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into webhooks (
                id, url, secret, previous_secret, previous_until, event_types, header_names, headers, status, disabled_for, failing_since,
                version, created_at, updated_at)
            values (
                @Id, @Url, @Secret, @PreviousSecret, @PreviousUntil, @EventTypes, @HeaderNames, @Headers, @Status, @DisabledFor,
                @FailingSince, @Version, @CreatedAt, @UpdatedAt)
            """;

        try
        {
            await db.WriteAsync(sql, webhook, await SealAsync(webhook, cancellationToken), cancellationToken);
        }
        catch (PostgresException missing) when (missing.ConstraintName == "webhooks_affiliate_id_fkey")
        {
            throw new NotFoundException("The affiliate");
        }

        await db.AddResourceAsync(webhook.Key, AdminResources.Webhook, cancellationToken);
        await SetLaneAsync(webhook, cancellationToken);
    }

    public async Task SaveAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        const string sql = """
            update webhooks
            set url = @Url, secret = @Secret, previous_secret = @PreviousSecret, previous_until = @PreviousUntil, event_types = @EventTypes,
                header_names = @HeaderNames, headers = @Headers, status = @Status, disabled_for = @DisabledFor,
                failing_since = @FailingSince, version = @Version, updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        await db.WriteAsync(sql, webhook, await SealAsync(webhook, cancellationToken), cancellationToken);
        await SetLaneAsync(webhook, cancellationToken);
    }

    public async Task DeleteAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        const string sql = "delete from webhooks where id = @Id and version = @Version";
        const string lane = "delete from webhook_lanes where webhook_id = @Id";
        const string told = "delete from webhook_deliveries where affiliate_id = @Affiliate and webhook_id = @Id";

        await db.WriteAsync(sql, webhook, new { webhook.Id, webhook.Version }, cancellationToken);
        await db.ExecuteAsync(lane, new { webhook.Id }, cancellationToken);
        await db.ExecuteAsync(told, new { db.Affiliate, webhook.Id }, cancellationToken);
        await db.RemoveResourceAsync(webhook.Key, cancellationToken);
    }

    public Task NoteFailingAsync(WebhookId id, DateTimeOffset? failingSince, CancellationToken cancellationToken)
    {
        // Only when it turns: deliveries do not queue up for their webhook's row.
        const string sql = "update webhooks set failing_since = @failingSince where id = @id and (failing_since is null) <> (@failingSince is null)";

        return db.ExecuteAsync(sql, new { id, failingSince }, cancellationToken);
    }

    private async Task SetLaneAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        const string open = """
            insert into webhook_lanes (webhook_id, affiliate_id, event_types)
            values (@Id, @Affiliate, @EventTypes)
            on conflict (webhook_id) do update set event_types = excluded.event_types
            """;
        const string shut = "delete from webhook_lanes where webhook_id = @Id";

        await db.ExecuteAsync(
            webhook.Status == Status.Active ? open : shut, new { webhook.Id, db.Affiliate, webhook.EventTypes }, cancellationToken);
    }

    private async Task<Webhook?> ReadAsync(string sql, WebhookId id, CancellationToken cancellationToken) =>
        await db.FindAsync<Row>(sql, new { id }, cancellationToken) is { } row
            ? row.Open(await keyring.OfAsync(db.Affiliate.Value, cancellationToken))
            : null;

    private async Task<object> SealAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return new
        {
            webhook.Id, Url = Seal("url", webhook.Url), Secret = Seal("secret", webhook.Secret),
            PreviousSecret = webhook.PreviousSecret is { } previous ? Seal("previous_secret", previous) : null, webhook.PreviousUntil,
            webhook.EventTypes, HeaderNames = webhook.Headers.Keys.ToArray(), Headers = Seal("headers", JsonSerializer.Serialize(webhook.Headers)),
            webhook.Status, webhook.DisabledFor, webhook.FailingSince, webhook.Version, webhook.CreatedAt, webhook.UpdatedAt,
        };

        byte[] Seal(string column, string text) => keys.Fields.Seal(WebhookSecrets.PlaceOf(keys, webhook.Key, column), text);
    }

    private sealed record Row(
        WebhookId Id, byte[] Url, byte[] Secret, byte[]? PreviousSecret, DateTimeOffset? PreviousUntil, string[] EventTypes, byte[] Headers,
        Status Status, WebhookFault? DisabledFor, DateTimeOffset? FailingSince, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public Webhook Open(AffiliateKeys keys)
        {
            return new Webhook(
                Id, Text("url", Url), Text("secret", Secret), PreviousSecret is { } previous ? Text("previous_secret", previous) : null,
                PreviousUntil, EventTypes, JsonSerializer.Deserialize<Dictionary<string, string>>(Text("headers", Headers))!, Status,
                DisabledFor, FailingSince, Version, CreatedAt, UpdatedAt);

            string Text(string column, byte[] envelope) => keys.Fields.OpenText(WebhookSecrets.PlaceOf(keys, Id.Value, column), envelope);
        }
    }
}
