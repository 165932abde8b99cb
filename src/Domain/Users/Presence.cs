using Chat.Domain.Common;

namespace Chat.Domain.Users;

public enum PresenceStatus
{
    Available,
    Away,
    Offline,
}

/// <summary>Whether somebody is there, as they have declared it and as their connection bears out.</summary>
/// <param name="Declared">Null until they declare something, or take somebody from the queue, which says it too.</param>
/// <param name="LapsedAt">When their connection had been gone for longer than the lease; null while it is there.</param>
public sealed record Presence(UserId UserId, PresenceStatus? Declared, DateTimeOffset? LastSeenAt, DateTimeOffset? LapsedAt)
{
    public PresenceStatus Status => LapsedAt is null ? Declared ?? PresenceStatus.Offline : PresenceStatus.Offline;

    public bool IsAvailable => Status == PresenceStatus.Available;

    /// <summary>Their connection has been gone for longer than the lease, or they have said that they are not there.</summary>
    public bool IsGone => LapsedAt is not null || Declared is null or PresenceStatus.Offline;

    /// <summary>Whoever has said that they are not there is not given anybody; whoever has said nothing may take somebody.</summary>
    public bool MayTake => Declared is null or PresenceStatus.Available;
}
