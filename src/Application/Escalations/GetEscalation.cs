using Chat.Application.Common;

namespace Chat.Application.Escalations;

/// <summary>One escalation's whole record, where the caller may see its conversation.</summary>
[Requires(Permission.ReadConversations)]
public sealed record GetEscalation(Guid EscalationId) : IQuery<EscalationView>, IReadsWords
{
    (string Action, Guid Subject) IReadsWords.Reading => ("ReadEscalation", EscalationId);
}
