using Chat.Application.Common;

namespace Chat.Application.Risk;

/// <summary>What a conversation is about, for whoever takes it over: the texter's own most telling sentences, chosen and never rewritten.</summary>
[Requires(Permission.ReadConversations)]
public sealed record GetSummary(Guid ConversationId) : IQuery<SummaryView>, IReadsConversation;

/// <param name="Topics">What triage takes it to be about.</param>
/// <param name="Lines">The sentences in their order: those on which the risk rests, the first and the last thing the texter said.</param>
/// <param name="Text">All of it, as it can be read out.</param>
/// <param name="UpTo">The newest message that it takes account of.</param>
public sealed record SummaryView(string RiskLevel, IReadOnlyList<string> Topics, IReadOnlyList<SummaryLineView> Lines, string Text, long UpTo);

/// <param name="Sequence">The message that it stands in.</param>
/// <param name="Level">The risk that rests on it; none for what was chosen for another reason.</param>
public sealed record SummaryLineView(long Sequence, string Text, string Level, IReadOnlyList<string> Rules);
