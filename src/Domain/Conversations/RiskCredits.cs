namespace Chat.Domain.Conversations;

/// <summary>By how much risk brings somebody forward in the queue. Everybody else's wait goes on counting, so nobody is overtaken for ever.</summary>
public sealed record RiskCredits(TimeSpan Low, TimeSpan Moderate, TimeSpan High, TimeSpan Imminent)
{
    public TimeSpan Of(RiskLevel level) => level switch
    {
        RiskLevel.Low => Low,
        RiskLevel.Moderate => Moderate,
        RiskLevel.High => High,
        RiskLevel.Imminent => Imminent,
        _ => TimeSpan.Zero,
    };

    /// <summary>Where somebody stands in the queue: by how long they wait and how much danger they are in, and by nothing else.</summary>
    public DateTimeOffset PlaceOf(DateTimeOffset queuedAt, RiskLevel level) => queuedAt - Of(level);

    /// <summary>How much later than somebody of this level others can have begun to wait, and still come before them.</summary>
    public TimeSpan MostOvertakenBy(RiskLevel level) => Enum.GetValues<RiskLevel>().Max(Of) - Of(level);
}
