using Chat.Domain.Conversations;

namespace Chat.Domain.Triage;

/// <summary>What triage holds of a conversation after a message, with what it rests on.</summary>
/// <param name="Memory">What to keep until the next message: small, serialisable, and without a word that anybody wrote.</param>
public sealed record Assessment(
    RiskLevel Level, string Version, IReadOnlyList<Reason> Reasons, IReadOnlyList<string> Topics, TriageMemory Memory);

/// <summary>A rule that spoke, and the words it spoke of: a part of the message with this sequence number.</summary>
/// <param name="Phrase">The words themselves, while the message that holds them is the one assessed; null for earlier messages.</param>
public sealed record Reason(string Rule, RiskLevel Level, long Sequence, int Start, int Length, string? Phrase);

/// <summary>A cue that was seen in a conversation, and where: offsets, never words.</summary>
public sealed record SeenCue(string Cue, long Sequence, int Start, int Length);

/// <summary>A rule that reached a level, and the places of the cues it rests on.</summary>
public sealed record HeldReason(string Rule, RiskLevel Level, IReadOnlyList<SeenCue> Cues);

/// <summary>What triage remembers between two messages of one conversation.</summary>
public sealed record TriageMemory(
    RiskLevel Level, int Messages, IReadOnlyList<SeenCue> Cues, IReadOnlyList<HeldReason> Reasons, IReadOnlyList<string> Topics)
{
    public static readonly TriageMemory Empty = new(RiskLevel.None, 0, [], [], []);

    /// <summary>The language that was last recognised; null while none was.</summary>
    public string? Language { get; init; }
}
