namespace Chat.Infrastructure.Messaging;

/// <summary>Delivers events in this process, where there is no broker: to the same consumers, and as often as a broker would.</summary>
internal sealed class InProcessSink(EventConsumers consumers, DeadLetters deadLetters) : IEventSink
{
    // After a restart, or when another instance becomes the relay, an event that fails is counted from the beginning.
    private readonly Dictionary<Guid, int> _attempts = [];

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Handover> PublishAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken)
    {
        var failed = await consumers.ConsumeAsync(events, cancellationToken);
        var refused = new HashSet<Guid>();
        foreach (var happened in events)
        {
            if (!failed.TryGetValue(happened.Id, out var reason))
            {
                _attempts.Remove(happened.Id);
                continue;
            }

            var attempts = _attempts[happened.Id] = _attempts.GetValueOrDefault(happened.Id) + 1;
            if (attempts <= EventTopology.DeliveryLimit)
            {
                refused.Add(happened.Id);
                continue;
            }

            await deadLetters.KeepAsync(happened, reason, attempts, cancellationToken);
            _attempts.Remove(happened.Id);
        }

        return new Handover([.. events.Select(happened => happened.Id).Except(refused)], refused);
    }
}
