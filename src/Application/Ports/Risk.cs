using Chat.Application.Risk;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;

namespace Chat.Application.Ports;

/// <summary>What is kept of a conversation's risk.</summary>
public interface IRiskFile
{
    Task<RiskMemory> GetAsync(ConversationId conversation, CancellationToken cancellationToken);

    /// <summary>Keeps what triage remembers now, and ends its being stale.</summary>
    Task SaveAsync(ConversationId conversation, RiskMemory memory, CancellationToken cancellationToken);

    Task SaveTagsAsync(ConversationId conversation, RiskMemory memory, CancellationToken cancellationToken);

    /// <summary>What the texter has written after the first so many messages, the oldest first.</summary>
    Task<IReadOnlyList<string>> TexterMessagesAfterAsync(ConversationId conversation, long number, CancellationToken cancellationToken);

    Task RecordAsync(RiskChange change, CancellationToken cancellationToken);

    /// <summary>Whether a person has said since then how much danger the texter is in.</summary>
    Task<bool> WasAssessedSinceAsync(ConversationId conversation, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <param name="InboundCount">How many messages the texter has written.</param>
/// <param name="IsStale">It was written past: what the texter has said since is to be read again.</param>
/// <param name="AutomaticTags">Tags that were given by themselves, whether or not a person has kept them.</param>
public sealed record RiskMemory(TriageMemory Triage, long InboundCount, bool IsStale, string[] AutomaticTags);

/// <param name="By">Null for triage.</param>
/// <param name="Reason">A person's words.</param>
/// <param name="Rules">The rules of triage that spoke.</param>
/// <param name="Language">In which triage last read the texter; null where it recognised none.</param>
public sealed record RiskChange(
    ConversationId ConversationId, RiskLevel From, RiskLevel To, UserId? By, string? Reason, IReadOnlyList<string> Rules, string Version, string? Language,
    DateTimeOffset At);

/// <summary>Shows a conversation's risk to the caller, inside the transaction that has just changed it.</summary>
public interface IRiskViews
{
    /// <summary>Throws NotFound where the caller may not see the conversation.</summary>
    Task<RiskView> ShowAsync(ConversationId conversation, CancellationToken cancellationToken);
}
