namespace Chat.Domain.Common;

/// <summary>Something that happened. It carries ids, states, instants and counts, never a word that a person wrote.</summary>
public interface IDomainEvent
{
    DateTimeOffset At { get; }
}

/// <summary>What is decided as a whole, saved as a whole, and tells what happened to it.</summary>
public abstract class Aggregate
{
    private readonly List<IDomainEvent> _events = [];

    /// <summary>The row's id, whatever it is an id of: what the audit entry names.</summary>
    public abstract Guid Key { get; }

    /// <summary>Hands over what happened since the last save, once.</summary>
    public IReadOnlyList<IDomainEvent> TakeEvents()
    {
        var events = _events.ToArray();
        _events.Clear();
        return events;
    }

    protected void Record(IDomainEvent happened) => _events.Add(happened);
}
