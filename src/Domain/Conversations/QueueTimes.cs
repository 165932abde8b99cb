using Chat.Domain.Programs;

namespace Chat.Domain.Conversations;

/// <summary>What happens to somebody who waits, and when, if nobody takes them. Only the hours in which the program is open count.</summary>
/// <param name="since">When they began to wait.</param>
/// <param name="lastSaid">When they last wrote: who goes on writing is not given up.</param>
public sealed class QueueTimes(ProgramSettings settings, ServiceHours hours, DateTimeOffset since, DateTimeOffset lastSaid)
{
    // After 5 minutes, 10, 20 and so on: the twelfth is a week later.
    private const int MostAlerts = 12;

    /// <summary>When the wait ends by itself.</summary>
    public DateTimeOffset Expires { get; } = hours.AddOpenTime(lastSaid > since ? lastSaid : since, settings.QueueTimeout);

    /// <summary>Whether those who could help are to be told, where they were last thought of at <paramref name="last"/>.</summary>
    public bool AlertIsDue(DateTimeOffset? last, DateTimeOffset now) => Alerts().Any(at => IsDue(at, last, now));

    /// <summary>Whether the texter is to be told that they are not forgotten.</summary>
    public bool NoticeIsDue(DateTimeOffset? last, DateTimeOffset now) => Notices().Any(at => IsDue(at, last, now));

    /// <summary>The next time at which there is something to do.</summary>
    public DateTimeOffset After(DateTimeOffset now) =>
        Alerts().Concat(Notices()).Append(Expires).Where(at => at > now).DefaultIfEmpty(now + settings.QueueAlert).Min();

    // Again after twice the time, and again: who waits must not be forgotten because one alert was.
    private IEnumerable<DateTimeOffset> Alerts() =>
        Enumerable.Range(0, MostAlerts).Select(round => hours.AddOpenTime(since, settings.QueueAlert * Math.Pow(2, round)));

    private IEnumerable<DateTimeOffset> Notices() =>
        settings.Replies.StillWaiting is null
            ? []
            : Enumerable.Range(1, settings.MostStillWaiting).Select(round => hours.AddOpenTime(since, settings.StillWaiting * round));

    private static bool IsDue(DateTimeOffset at, DateTimeOffset? last, DateTimeOffset now) => at <= now && (last is null || at > last);
}
