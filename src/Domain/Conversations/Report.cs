using Chat.Domain.Common;

namespace Chat.Domain.Conversations;

/// <summary>What the responder files at the end. The program's own fields are answers by the fields' ids.</summary>
public sealed record Report(
    ConversationId ConversationId, string? Outcome, string? Note, string? NextStep, IReadOnlyDictionary<string, string> Fields, UserId FiledBy,
    DateTimeOffset FiledAt, long Version);
