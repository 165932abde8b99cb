using Npgsql;

namespace Chat.Infrastructure.Messaging;

/// <summary>
/// Somebody within the platform who acts on committed events, whether they come from the broker or, without one, in process. To join
/// in, register one: <c>services.AddSingleton&lt;IEventConsumer, …&gt;()</c>.
/// </summary>
internal interface IEventConsumer
{
    /// <summary>The inbox remembers under this name what has been acted on; it never changes.</summary>
    string Name { get; }

    /// <summary>Whether it acts on events of this type at all.</summary>
    bool Takes(string type);

    /// <summary>
    /// Acts on events of one affiliate, those of a conversation in their order, in the transaction in which the inbox notes them, with
    /// app.affiliate_id set: what is written there happens once for each event, however often it arrives. A throw is a rollback: each
    /// event is then tried on its own, again after a while, and in the end becomes a dead letter.
    /// </summary>
    Task ConsumeAsync(IReadOnlyList<OutboxEvent> events, NpgsqlTransaction transaction, CancellationToken cancellationToken);

    /// <summary>What was written has been committed: the moment to wake who works on it. A crash may skip it.</summary>
    void Committed()
    {
    }
}

/// <summary>An outbound message wakes the worker that delivers it, which may be another instance's. It looks by itself every second.</summary>
internal sealed class DeliveryAlarm(Wake wake) : IEventConsumer
{
    public string Name => "deliveries";

    public bool Takes(string type) => type == EventNames.Outbound;

    public Task ConsumeAsync(IReadOnlyList<OutboxEvent> events, NpgsqlTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Committed() => wake.Deliveries.Set();
}
