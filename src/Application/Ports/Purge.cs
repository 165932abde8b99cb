using Chat.Domain.Common;

namespace Chat.Application.Ports;

/// <summary>Why something is purged.</summary>
public enum PurgeCause
{
    /// <summary>Its time was up.</summary>
    Retention,

    /// <summary>An admin has had a texter erased.</summary>
    Erasure,

    /// <summary>It had been purged before, and came back with an older copy of the database.</summary>
    Ledger,
}

/// <summary>
/// Takes conversations and texters out of the database for good. What is taken out is put into the ledger first, in the key store; its
/// keys are destroyed once the rows are gone.
/// </summary>
public interface IPurge
{
    /// <summary>Of these conversations those whose time is up and that nobody holds back, locked; whatever others have locked waits for another time.</summary>
    Task<IReadOnlyList<ConversationId>> LockDueAsync(IReadOnlyCollection<Guid> among, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Of the texters of these conversations, and of these texters, those who have no other conversation and no block that stands, locked.</summary>
    Task<IReadOnlyList<TexterId>> LockAloneAsync(
        IReadOnlyCollection<ConversationId> without, IReadOnlyCollection<Guid> among, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>A texter and all their conversations, locked; throws NotFound where the affiliate has no such texter.</summary>
    Task<TexterToErase> LockTexterAsync(TexterId texter, CancellationToken cancellationToken);

    /// <summary>Deletes them with everything that hangs on them, and answers how many rows of which table.</summary>
    Task<IReadOnlyDictionary<string, int>> DeleteAsync(
        IReadOnlyCollection<ConversationId> conversations, IReadOnlyCollection<TexterId> texters, PurgeCause cause, Guid? causeId,
        CancellationToken cancellationToken);
}

/// <param name="IsHeldBack">A legal hold stands on one of the conversations.</param>
/// <param name="IsTalking">One of the conversations is open.</param>
public sealed record TexterToErase(IReadOnlyList<ConversationId> Conversations, bool IsHeldBack, bool IsTalking);

/// <summary>The proofs of what was erased.</summary>
public interface IErasures
{
    Task AddAsync(Erasure erasure, CancellationToken cancellationToken);
}

/// <param name="Destroyed">How many rows of which table.</param>
/// <param name="KeyIds">The keys that go with it: without them no copy can be read.</param>
public sealed record Erasure(
    Guid Id, TexterId TexterId, UserId AskedBy, DateTimeOffset AskedAt, IReadOnlyDictionary<string, int> Destroyed, IReadOnlyList<Guid> KeyIds);
