namespace Chat.Domain.Webhooks;

/// <summary>When a delivery is tried again that nobody took: as Standard Webhooks has it, for about three days.</summary>
public static class WebhookSchedule
{
    /// <summary>How far a wait is spread, so that what failed together does not come back together.</summary>
    public const double Spread = 0.1;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <param name="attempt">How often it was tried, from 1.</param>
    /// <param name="chance">From 0 to 1: where in the spread the wait falls.</param>
    /// <returns>Null: it is given up.</returns>
    public static TimeSpan? After(int attempt, double chance) =>
        attempt <= Waits.Length ? Waits[attempt - 1] * (1 - Spread + (2 * Spread * chance)) : null;
}
