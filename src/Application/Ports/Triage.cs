using Chat.Application.Triage;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;

namespace Chat.Application.Ports;

/// <summary>The rules of triage at work: the installation's, with the phrases that an affiliate has added. It only looks into memory.</summary>
public interface ITriageRules
{
    TriageEngine Of(AffiliateId affiliate, ProgramId program);

    /// <summary>The candidate that is tried beside them; null where there is none.</summary>
    TriageEngine? ShadowOf(AffiliateId affiliate, ProgramId program);
}

public interface IPhraseRepository
{
    Task<Phrase> GetAsync(PhraseId id, CancellationToken cancellationToken);

    /// <summary>How many the affiliate has that are not retired; nobody else adds one until this is over.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);

    Task AddAsync(Phrase phrase, CancellationToken cancellationToken);

    /// <param name="before">What it was before it was changed.</param>
    Task SaveAsync(Phrase phrase, PhraseStatus before, CancellationToken cancellationToken);

    Task DeleteAsync(Phrase phrase, CancellationToken cancellationToken);
}

public interface IPhraseViews
{
    Task<PhraseView> ShowAsync(PhraseId id, CancellationToken cancellationToken);
}

/// <summary>What is compared in the shadow, and what comes of it.</summary>
public interface IShadowFile
{
    /// <summary>What a texter has written, the oldest first; null where there is no such conversation, or it cannot be read any more.</summary>
    Task<ShadowedConversation?> ReadAsync(ConversationId conversation, CancellationToken cancellationToken);

    /// <summary>Notes differences, each once.</summary>
    Task RecordAsync(ConversationId conversation, IReadOnlyList<ShadowDifference> differences, CancellationToken cancellationToken);
}

public sealed record ShadowedConversation(ProgramId ProgramId, IReadOnlyList<(long Sequence, string Text)> Messages);

public sealed record ShadowDifference(
    long Sequence, string LiveVersion, string ShadowVersion, RiskLevel LiveLevel, RiskLevel ShadowLevel, string[] LiveRules, string[] ShadowRules,
    string? Language, DateTimeOffset At);
