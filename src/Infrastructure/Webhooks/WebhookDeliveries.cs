using System.Text;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Webhooks;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;

namespace Chat.Infrastructure.Webhooks;

internal sealed class WebhookDeliveries(DbSession db, Wake wake) : IWebhookDeliveries
{
    public async Task<WebhookDelivery?> FindWaitingAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, affiliate_id, webhook_id, event_id, type, conversation_id, sequence, data::text as data, event_at, tries
            from webhook_deliveries
            where affiliate_id = @Affiliate and id = @id and status = 'waiting'
            for no key update
            """;

        return (await db.FindAsync<Row>(sql, new { db.Affiliate, id }, cancellationToken))?.Show();
    }

    public async Task<Guid> AddTestAsync(WebhookId webhook, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into webhook_deliveries (affiliate_id, id, webhook_id, event_id, type, sequence, data, event_at, due_at, created_at)
            values (@Affiliate, @Id, @webhook, @EventId, @Type, 0, '{}', @now, @now, @now)
            """;

        var (id, eventId) = (Guid.CreateVersion7(now), Guid.CreateVersion7(now));
        await db.ExecuteAsync(sql, new { db.Affiliate, Id = id, webhook, EventId = eventId, Type = WebhookEvents.Test, now }, cancellationToken);
        db.Touch(webhook.Value);
        db.OnCommit(wake.Webhooks.Set);
        return id;
    }

    public Task NoteAsync(
        Guid id, WebhookDeliveryStatus status, WebhookAnswer answer, TimeSpan took, DateTimeOffset? dueAt, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        const string sql = """
            update webhook_deliveries
            set status = @Status, tries = tries + 1, attempts = attempts + 1, response_status = @ResponseStatus, code = @Code,
                duration_ms = @Took, attempted_at = @now, due_at = coalesce(@dueAt, due_at), claimed_until = null,
                ended_at = case when @Status = 'waiting' then null else @now end
            where affiliate_id = @Affiliate and id = @id
            """;

        return db.ExecuteAsync(
            sql,
            new
            {
                db.Affiliate, id, Status = status.Name(), ResponseStatus = answer.Status, answer.Code, Took = (int)took.TotalMilliseconds, now, dueAt,
            },
            cancellationToken);
    }

    public async Task RepeatAsync(WebhookId webhook, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            update webhook_deliveries
            set status = 'waiting', tries = 0, due_at = @now, ended_at = null
            where affiliate_id = @Affiliate and id = @id and webhook_id = @webhook
            """;

        if (await db.ExecuteAsync(sql, new { db.Affiliate, id, webhook, now }, cancellationToken) == 0)
        {
            throw new NotFoundException("The delivery");
        }

        db.Touch(webhook.Value);
        db.Touch(id);
        db.OnCommit(wake.Webhooks.Set);
    }

    public Task DropAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = "delete from webhook_deliveries where affiliate_id = @Affiliate and id = @id";

        return db.ExecuteAsync(sql, new { db.Affiliate, id }, cancellationToken);
    }

    private sealed record Row(
        Guid Id, Guid AffiliateId, WebhookId WebhookId, Guid EventId, string Type, Guid? ConversationId, long Sequence, string Data,
        DateTimeOffset EventAt, int Tries)
    {
        public WebhookDelivery Show() => new(
            Id, WebhookId, EventId, Type, Encoding.UTF8.GetString(EventEnvelope.Write(EventId, AffiliateId, ConversationId, Sequence, Type, Data, EventAt).Span), Tries);
    }
}
