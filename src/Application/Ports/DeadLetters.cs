namespace Chat.Application.Ports;

/// <summary>Events that somebody within the platform could not act on.</summary>
public interface IDeadLetters
{
    /// <summary>Has those act on one who have not yet; it is refused when they still cannot.</summary>
    Task ReplayAsync(Guid id, CancellationToken cancellationToken);
}
