using Chat.Domain.Common;
using Chat.Domain.Webhooks;

namespace Chat.Application.Ports;

public interface IWebhookRepository
{
    /// <summary>Reads it, locked.</summary>
    Task<Webhook> GetAsync(WebhookId id, CancellationToken cancellationToken);

    /// <summary>How many there are. Whoever has counted is waited for by the next who counts, so that what they add is counted.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>Null: it has been removed.</summary>
    Task<Webhook?> FindAsync(WebhookId id, CancellationToken cancellationToken);

    Task AddAsync(Webhook webhook, CancellationToken cancellationToken);

    Task SaveAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>With all that was and was to be told to it.</summary>
    Task DeleteAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>Whether something gets through, which is no change that anybody made.</summary>
    /// <param name="failingSince">Null: something has got through.</param>
    Task NoteFailingAsync(WebhookId id, DateTimeOffset? failingSince, CancellationToken cancellationToken);
}

public enum WebhookDeliveryStatus
{
    Waiting,
    Delivered,
    Failed,
}

/// <summary>One event on its way to one webhook.</summary>
/// <param name="Json">What the receiver is told, the same with every attempt.</param>
/// <param name="Tries">How often it has been tried since it was put down, or asked for again.</param>
public sealed record WebhookDelivery(Guid Id, WebhookId WebhookId, Guid EventId, string Type, string Json, int Tries);

/// <summary>
/// What is on its way to webhooks. There is one delivery for a webhook and an event: it is put down with the event, in the same
/// transaction, for every active webhook that asks for its type.
/// </summary>
public interface IWebhookDeliveries
{
    /// <summary>Reads what is yet to go out, locked; null when it has arrived, has been given up, or is not kept any more.</summary>
    Task<WebhookDelivery?> FindWaitingAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Puts down a call that tells of nothing but itself, and answers its id.</summary>
    Task<Guid> AddTestAsync(WebhookId webhook, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Notes what has become of an attempt.</summary>
    /// <param name="dueAt">When it is tried again; null: it is not.</param>
    Task NoteAsync(
        Guid id, WebhookDeliveryStatus status, WebhookAnswer answer, TimeSpan took, DateTimeOffset? dueAt, DateTimeOffset now,
        CancellationToken cancellationToken);

    /// <summary>Has it told once more, whatever became of it before.</summary>
    Task RepeatAsync(WebhookId webhook, Guid id, DateTimeOffset now, CancellationToken cancellationToken);

    Task DropAsync(Guid id, CancellationToken cancellationToken);
}
