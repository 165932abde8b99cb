namespace Chat.Domain.Conversations;

/// <summary>How much danger somebody is in, as the triage rubric defines it; the order is the order of danger.</summary>
public enum RiskLevel
{
    None,
    Low,
    Moderate,
    High,
    Imminent,
}
