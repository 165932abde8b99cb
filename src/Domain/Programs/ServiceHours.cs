using System.Globalization;

namespace Chat.Domain.Programs;

/// <summary>
/// From when to when, by the clock on the wall. An end that is not after the start is on the next day, so that 24:00 is written 00:00
/// and 00:00 to 00:00 is the whole day.
/// </summary>
public readonly record struct OpenHours(TimeOnly From, TimeOnly To)
{
    public bool EndsNextDay => To <= From;
}

/// <summary>A date with hours of its own, whatever its weekday has; without any it is closed.</summary>
public sealed record Holiday(DateOnly Date, string? Name, IReadOnlyList<OpenHours> Hours);

/// <summary>
/// When somebody answers: each week's hours and the holidays, by the clock on the wall of one time zone. Where the clock is turned
/// forward, a time that it skips is the moment of turning; where it is turned back, a time that comes twice opens at the first and
/// closes at the last. What runs on from the evening before ends where a holiday begins.
/// </summary>
/// <param name="week">A weekday that is not in it is closed; null is open day and night.</param>
public sealed class ServiceHours(
    string timeZone, IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenHours>>? week, IReadOnlyList<Holiday> holidays)
{
    // A year and a day: every date has come round by then, and no question looks further.
    private const int FurthestDays = 366;

    private static readonly TimeSpan Furthest = TimeSpan.FromDays(FurthestDays);
    private static readonly IReadOnlyList<OpenHours> DayAndNight = [default];

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
    private readonly Dictionary<DateOnly, IReadOnlyList<OpenHours>> _holidays =
        holidays.GroupBy(holiday => holiday.Date).ToDictionary(date => date.Key, date => date.Last().Hours);

    public static ServiceHours AlwaysOpen(string timeZone) => new(timeZone, null, []);

    private bool IsAlwaysOpen => week is null && _holidays.Count == 0;

    public bool IsOpenAt(DateTimeOffset instant) =>
        IsAlwaysOpen || OpeningsAround(instant, days: 0).Any(opening => opening.From <= instant && instant < opening.To);

    /// <summary>When it opens for the first time after the instant; null where that is not within a year.</summary>
    public DateTimeOffset? NextOpeningAfter(DateTimeOffset instant)
    {
        if (IsAlwaysOpen)
        {
            return null;
        }

        var reach = DateTimeOffset.MinValue;
        foreach (var opening in OpeningsAround(instant, FurthestDays))
        {
            // What begins before another has ended carries that one on, and opens nothing.
            if (opening.From > reach && opening.From > instant)
            {
                return opening.From - instant <= Furthest ? opening.From : null;
            }

            reach = Later(reach, opening.To);
        }

        return null;
    }

    /// <summary>The next opening as a texter reads it, such as "Monday 08:00"; with the date where that is a week or more away.</summary>
    public string? NextOpeningInWords(DateTimeOffset instant)
    {
        if (NextOpeningAfter(instant) is not { } opening)
        {
            return null;
        }

        var (then, now) = (TimeZoneInfo.ConvertTime(opening, _zone), TimeZoneInfo.ConvertTime(instant, _zone));
        return then.ToString((then.Date - now.Date).Days < 7 ? "dddd HH:mm" : "dddd d MMMM HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>When the opening of this instant ends; null where it is closed already, or does not close within a year.</summary>
    public DateTimeOffset? ClosesAt(DateTimeOffset instant)
    {
        if (IsAlwaysOpen)
        {
            return null;
        }

        var reach = instant;
        foreach (var opening in OpeningsAround(instant, FurthestDays).TakeWhile(opening => opening.From <= reach))
        {
            reach = Later(reach, opening.To);
        }

        return reach > instant && reach - instant <= Furthest ? reach.ToUniversalTime() : null;
    }

    /// <summary>When it has been open for so long since the instant; a year after it where it is not open so much within one.</summary>
    public DateTimeOffset AddOpenTime(DateTimeOffset from, TimeSpan span)
    {
        if (IsAlwaysOpen || span <= TimeSpan.Zero)
        {
            return from.ToUniversalTime() + span;
        }

        var (reached, left, latest) = (from.ToUniversalTime(), span, from.ToUniversalTime() + Furthest);
        foreach (var opening in OpeningsAround(from, FurthestDays).Where(opening => opening.To > reached))
        {
            var begin = Later(reached, opening.From);
            if (left <= opening.To - begin)
            {
                return begin + left < latest ? begin + left : latest;
            }

            left -= opening.To - begin;
            reached = opening.To;
        }

        return latest;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Every opening that can hold the instant or begins within so many days after it, in the order in which they begin.</summary>
    private IEnumerable<Opening> OpeningsAround(DateTimeOffset instant, int days)
    {
        // What began two dates ago can still be open, where the clock was turned back over midnight.
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime);
        for (var date = today.AddDays(-2); date <= today.AddDays(days + 1); date = date.AddDays(1))
        {
            foreach (var hours in HoursOn(date).OrderBy(hours => hours.From))
            {
                var opening = new Opening(InstantsOf(date, hours.From).First, EndOf(date, hours));
                if (opening.From < opening.To)
                {
                    yield return opening;
                }
            }
        }
    }

    private IReadOnlyList<OpenHours> HoursOn(DateOnly date) =>
        _holidays.TryGetValue(date, out var own) ? own
        : week is null ? DayAndNight
        : week.TryGetValue(date.DayOfWeek, out var usual) ? usual
        : [];

    private DateTimeOffset EndOf(DateOnly date, OpenHours hours)
    {
        if (!hours.EndsNextDay)
        {
            return InstantsOf(date, hours.To).Last;
        }

        var next = date.AddDays(1);
        return _holidays.ContainsKey(next) ? InstantsOf(next, TimeOnly.MinValue).First : InstantsOf(next, hours.To).Last;
    }

    /// <summary>When the clock on the wall shows this, the first and the last time: found by instants, whose offsets are never in doubt.</summary>
    private (DateTimeOffset First, DateTimeOffset Last) InstantsOf(DateOnly date, TimeOnly time)
    {
        var wall = new DateTimeOffset(date, time, TimeSpan.Zero);
        var (before, after) = (_zone.GetUtcOffset(wall.AddDays(-1)), _zone.GetUtcOffset(wall.AddDays(1)));
        var (first, last) = (wall - before, wall - after);
        var (isFirst, isLast) = (_zone.GetUtcOffset(first) == before, _zone.GetUtcOffset(last) == after);
        if (isFirst && isLast)
        {
            return (first, last);
        }

        var only = isFirst ? first : isLast ? last : TurnNear(wall);
        return (only, only);
    }

    /// <summary>The moment within a day of this one at which the clock is turned.</summary>
    private DateTimeOffset TurnNear(DateTimeOffset instant)
    {
        var (before, after) = (instant.AddDays(-1).ToUnixTimeSeconds(), instant.AddDays(1).ToUnixTimeSeconds());
        var offset = _zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(before));
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (_zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == offset)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return DateTimeOffset.FromUnixTimeSeconds(after);
    }

    private readonly record struct Opening(DateTimeOffset From, DateTimeOffset To);
}
