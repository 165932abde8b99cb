using System.Text.Json;
using Chat.Infrastructure.Realtime;
using Chat.Infrastructure.Triage;

namespace Chat.Infrastructure.Messaging;

/// <summary>An event that has been committed, as the screens of this instance hear of it.</summary>
/// <param name="OnlyFor">The one user whom it concerns; null: whoever may see the program.</param>
internal sealed record AnnouncedEvent(Guid AffiliateId, string Type, Guid ConversationId, Guid ProgramId, JsonElement Data, Guid? OnlyFor = null);

/// <summary>
/// What happens at once after a commit: this instance's screens hear of it, and the outbox and the deliveries are woken. All of it may
/// be lost in a crash without harm: the outbox holds the truth, and polls behind it.
/// </summary>
internal sealed class AfterCommit(DeskHub hub, Wake wake, ShadowReader shadow)
{
    public void Announce(IReadOnlyCollection<AnnouncedEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        foreach (var happened in events)
        {
            hub.Publish(happened);
            if (happened.Type == EventNames.Inbound)
            {
                shadow.Hear(happened.AffiliateId, happened.ConversationId, happened.ProgramId);
            }

            Figures.Events.Add(1, new KeyValuePair<string, object?>("type", happened.Type));
        }

        wake.Outbox.Set();
        wake.Webhooks.Set();
        if (events.Any(happened => happened.Type == EventNames.Outbound))
        {
            wake.Deliveries.Set();
        }
    }
}

/// <summary>Bells for the workers of this instance.</summary>
internal sealed class Wake : IDisposable
{
    public Bell Outbox { get; } = new();

    public Bell Deliveries { get; } = new();

    public Bell Jobs { get; } = new();

    public Bell Sendings { get; } = new();

    public Bell Purges { get; } = new();

    public Bell Webhooks { get; } = new();

    public void Dispose()
    {
        Webhooks.Dispose();
        Purges.Dispose();
        Sendings.Dispose();
        Jobs.Dispose();
        Outbox.Dispose();
        Deliveries.Dispose();
    }
}

/// <summary>Rung by many, heard by one: any number of rings while nobody listens are one ring.</summary>
internal sealed class Bell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Set()
    {
        if (_rung.CurrentCount == 0)
        {
            try
            {
                _rung.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else rang in the same instant; one ring is all it takes.
            }
        }
    }

    /// <summary>Waits for a ring, at most this long.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _rung.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _rung.Dispose();
}
