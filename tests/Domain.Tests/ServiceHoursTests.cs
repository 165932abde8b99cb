using System.Globalization;
using Chat.Domain.Programs;

namespace Chat.Domain.Tests;

public sealed class ServiceHoursTests
{
    // Wall-clock hours, and the instants at which they hold, worked out by hand from the zones' own rules.
    // zone | every day's hours | opens | closes | what is special about it
    private const string Openings = """
        America/New_York    | 08:00-22:00             | 2026-03-07T13:00Z | 2026-03-08T03:00Z | the day before the clock is turned forward
        America/New_York    | 08:00-22:00             | 2026-03-08T12:00Z | 2026-03-09T02:00Z | the day of it
        America/New_York    | 18:00-02:00             | 2026-03-07T23:00Z | 2026-03-08T07:00Z | until a time that is skipped: the moment of turning
        America/New_York    | 18:00-02:30             | 2026-03-07T23:00Z | 2026-03-08T07:00Z | the same
        America/New_York    | 02:30-06:00             | 2026-03-08T07:00Z | 2026-03-08T10:00Z | from a time that is skipped
        America/New_York    | 22:00-03:00             | 2026-03-08T03:00Z | 2026-03-08T07:00Z | a night of four hours
        America/New_York    | 22:00-03:00             | 2026-11-01T02:00Z | 2026-11-01T08:00Z | a night of six hours
        America/New_York    | 20:00-01:30             | 2026-11-01T00:00Z | 2026-11-01T06:30Z | until a time that comes twice: the last
        America/New_York    | 01:30-05:00             | 2026-11-01T05:30Z | 2026-11-01T10:00Z | from a time that comes twice: the first
        Europe/Berlin       | 20:00-04:00             | 2026-03-28T19:00Z | 2026-03-29T02:00Z | a night of seven hours
        Europe/Berlin       | 20:00-04:00             | 2026-10-24T18:00Z | 2026-10-25T03:00Z | a night of nine hours
        Europe/Berlin       | 02:15-02:45,08:00-09:00 | 2026-03-29T06:00Z | 2026-03-29T07:00Z | half an hour that is skipped whole is none
        Australia/Lord_Howe | 20:00-04:00             | 2026-10-03T09:30Z | 2026-10-03T17:00Z | turned forward by half an hour
        Australia/Lord_Howe | 02:15-06:00             | 2026-10-03T15:30Z | 2026-10-03T19:00Z | from a time in the half hour that is skipped
        Australia/Lord_Howe | 20:00-04:00             | 2026-04-04T09:00Z | 2026-04-04T17:30Z | turned back by half an hour
        Australia/Lord_Howe | 20:00-01:45             | 2026-04-04T09:00Z | 2026-04-04T15:15Z | until a time in the half hour that comes twice
        Asia/Kolkata        | 08:00-20:00             | 2026-03-29T02:30Z | 2026-03-29T14:30Z | five hours and a half from Greenwich, all year
        Asia/Kathmandu      | 22:00-24:00             | 2026-06-01T16:15Z | 2026-06-01T18:15Z | five and three quarters
        America/Sao_Paulo   | 21:00-03:00             | 2018-11-04T00:00Z | 2018-11-04T05:00Z | turned forward at midnight
        America/Sao_Paulo   | 21:00-03:00             | 2019-02-16T23:00Z | 2019-02-17T06:00Z | turned back at midnight
        America/Havana      | 00:30-06:00             | 2026-11-01T04:30Z | 2026-11-01T11:00Z | the first hour of the day comes twice
        Asia/Beirut         | 00:00-06:00             | 2026-03-28T22:00Z | 2026-03-29T03:00Z | a day that begins at 01:00
        Europe/Dublin       | 20:00-04:00             | 2026-03-28T20:00Z | 2026-03-29T03:00Z | where winter is the exception
        """;

    private static readonly DateTimeOffset NewYorksSpring = Utc("2026-03-08T05:00Z");

    public static TheoryData<string, string, string, string> OpeningsByZone
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (var row in Openings.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries)))
            {
                rows.Add(row[0], row[1], row[2], row[3]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(OpeningsByZone))]
    public void It_opens_and_closes_by_the_clock_on_the_wall(string zone, string everyDay, string opens, string closes)
    {
        var hours = EveryDay(zone, everyDay);
        var (opening, closing) = (Utc(opens), Utc(closes));

        Assert.False(hours.IsOpenAt(opening.AddSeconds(-1)));
        Assert.True(hours.IsOpenAt(opening));
        Assert.True(hours.IsOpenAt(closing.AddSeconds(-1)));
        Assert.False(hours.IsOpenAt(closing));
        Assert.Equal(opening, hours.NextOpeningAfter(opening.AddSeconds(-1)));
        Assert.Equal(closing, hours.ClosesAt(opening));
        Assert.Equal(closing, hours.ClosesAt(closing.AddSeconds(-1)));
        Assert.Equal(closing, hours.AddOpenTime(opening, closing - opening));
    }

    [Fact]
    public void Hours_that_the_clock_skips_whole_are_none()
    {
        var hours = EveryDay("Europe/Berlin", "02:15-02:45");

        Assert.Equal(Utc("2026-03-30T00:15Z"), hours.NextOpeningAfter(Utc("2026-03-28T12:00Z")));
        Assert.False(hours.IsOpenAt(Utc("2026-03-29T01:00Z")));
    }

    [Fact]
    public void What_began_two_dates_ago_is_still_open_where_the_clock_is_turned_back_over_midnight()
    {
        // A minute into the Sunday it became Saturday 23:01 again.
        var hours = new ServiceHours("America/St_Johns", Week((DayOfWeek.Friday, "23:30-23:30")), []);

        Assert.True(hours.IsOpenAt(Utc("2010-11-07T02:30:30Z")));
        Assert.Equal(Utc("2010-11-07T03:00Z"), hours.ClosesAt(Utc("2010-11-07T02:30:30Z")));
    }

    [Theory]
    [InlineData("08:00-12:00,11:00-14:00,14:00-18:00")]
    [InlineData("14:00-18:00,08:00-16:00")]
    [InlineData("08:00-18:00,09:00-10:00,09:00-10:00")]
    public void Hours_that_overlap_or_touch_are_one_opening(string everyDay)
    {
        var hours = EveryDay("Etc/UTC", everyDay);

        Assert.Equal(Utc("2026-06-01T18:00Z"), hours.ClosesAt(Utc("2026-06-01T08:00Z")));
        Assert.Equal(Utc("2026-06-02T08:00Z"), hours.NextOpeningAfter(Utc("2026-06-01T08:00Z")));
        Assert.Equal(Utc("2026-06-02T09:00Z"), hours.AddOpenTime(Utc("2026-06-01T08:00Z"), TimeSpan.FromHours(11)));
    }

    [Fact]
    public void A_weekday_that_is_left_out_is_closed_but_for_what_runs_into_it()
    {
        var hours = new ServiceHours("America/New_York", Week((DayOfWeek.Saturday, "18:00-02:00")), []);

        Assert.Equal(Utc("2026-06-06T22:00Z"), hours.NextOpeningAfter(Utc("2026-06-01T12:00Z")));
        Assert.Equal(Utc("2026-06-07T06:00Z"), hours.ClosesAt(Utc("2026-06-07T05:00Z")));
        Assert.False(hours.IsOpenAt(Utc("2026-06-07T22:00Z")));
        Assert.Null(hours.ClosesAt(Utc("2026-06-07T22:00Z")));
    }

    [Fact]
    public void An_opening_that_has_begun_is_not_the_next() =>
        Assert.Equal(Utc("2026-06-02T08:00Z"), EveryDay("Etc/UTC", "08:00-18:00").NextOpeningAfter(Utc("2026-06-01T08:00Z")));

    [Fact]
    public void A_holiday_has_its_own_hours_and_none_is_closed()
    {
        var hours = new ServiceHours(
            "Europe/Berlin", Every("08:00-22:00"),
            [new(new(2026, 12, 24), "Heiligabend", Of("10:00-14:00,22:00-02:00")), new(new(2026, 12, 26), null, [])]);

        Assert.Equal(Utc("2026-12-24T09:00Z"), hours.NextOpeningAfter(Utc("2026-12-23T22:00Z")));
        Assert.Equal(Utc("2026-12-24T13:00Z"), hours.ClosesAt(Utc("2026-12-24T09:00Z")));
        Assert.Equal(Utc("2026-12-25T01:00Z"), hours.ClosesAt(Utc("2026-12-24T22:00Z")));
        Assert.Equal(Utc("2026-12-27T07:00Z"), hours.NextOpeningAfter(Utc("2026-12-25T21:00Z")));
    }

    [Theory]
    [InlineData("Etc/UTC", "20:00-04:00", "2026-12-25", "2026-12-24T20:00Z", "2026-12-25T00:00Z")]
    [InlineData("Europe/Berlin", "20:00-04:00", "2026-03-29", "2026-03-28T19:00Z", "2026-03-28T23:00Z")]
    [InlineData("Asia/Beirut", "20:00-04:00", "2026-03-29", "2026-03-28T18:00Z", "2026-03-28T22:00Z")]
    [InlineData("America/Havana", "20:00-00:30", "2026-11-01", "2026-11-01T00:00Z", "2026-11-01T04:00Z")]
    public void What_runs_on_from_the_evening_before_ends_where_a_holiday_begins(
        string zone, string everyDay, string holiday, string opens, string closes)
    {
        var hours = new ServiceHours(zone, Every(everyDay), [new(DateOnly.Parse(holiday, CultureInfo.InvariantCulture), null, [])]);

        Assert.Equal(Utc(closes), hours.ClosesAt(Utc(opens)));
        Assert.False(hours.IsOpenAt(Utc(closes).AddHours(12)));
    }

    [Fact]
    public void A_night_runs_on_into_a_holiday_that_is_open_at_midnight()
    {
        var hours = new ServiceHours("Etc/UTC", Every("20:00-04:00"), [new(new(2026, 12, 25), null, Of("00:00-02:00"))]);

        Assert.Equal(Utc("2026-12-25T02:00Z"), hours.ClosesAt(Utc("2026-12-24T21:00Z")));
        Assert.Equal(Utc("2026-12-26T20:00Z"), hours.NextOpeningAfter(Utc("2026-12-24T21:00Z")));
    }

    [Fact]
    public void Without_hours_it_is_always_open()
    {
        var hours = ServiceHours.AlwaysOpen("America/New_York");

        Assert.True(hours.IsOpenAt(NewYorksSpring));
        Assert.Null(hours.ClosesAt(NewYorksSpring));
        Assert.Null(hours.NextOpeningAfter(NewYorksSpring));
        Assert.Equal(NewYorksSpring.AddDays(800), hours.AddOpenTime(NewYorksSpring, TimeSpan.FromDays(800)));
    }

    [Fact]
    public void Without_hours_it_still_keeps_its_holidays()
    {
        var hours = new ServiceHours("America/New_York", null, [new(new(2026, 12, 25), null, [])]);

        Assert.Equal(Utc("2026-12-25T05:00Z"), hours.ClosesAt(Utc("2026-12-20T05:00Z")));
        Assert.Equal(Utc("2026-12-26T05:00Z"), hours.NextOpeningAfter(Utc("2026-12-20T05:00Z")));
    }

    [Theory]
    [InlineData("00:00-24:00")]
    [InlineData("00:00-00:00")]
    [InlineData("09:00-09:00")]
    [InlineData("22:00-10:00,08:00-23:00")]
    public void Hours_that_leave_nothing_out_never_close(string everyDay)
    {
        var hours = EveryDay("Australia/Lord_Howe", everyDay);

        Assert.All(Enumerable.Range(0, 366), day => Assert.True(hours.IsOpenAt(NewYorksSpring.AddDays(day).AddHours(day))));
        Assert.Null(hours.ClosesAt(NewYorksSpring));
        Assert.Null(hours.NextOpeningAfter(NewYorksSpring));
        Assert.Equal(NewYorksSpring.AddDays(300), hours.AddOpenTime(NewYorksSpring, TimeSpan.FromDays(300)));
        Assert.Equal(NewYorksSpring.AddDays(366), hours.AddOpenTime(NewYorksSpring, TimeSpan.FromDays(4000)));
    }

    [Fact]
    public void What_never_opens_within_a_year_has_no_next_opening()
    {
        var hours = new ServiceHours("Europe/Berlin", Week(), [new(new(2030, 1, 1), null, Of("08:00-22:00"))]);

        Assert.False(hours.IsOpenAt(NewYorksSpring));
        Assert.Null(hours.NextOpeningAfter(NewYorksSpring));
        Assert.Equal(NewYorksSpring.AddDays(366), hours.AddOpenTime(NewYorksSpring, TimeSpan.FromMinutes(1)));
        Assert.Equal(Utc("2030-01-01T07:00Z"), hours.NextOpeningAfter(Utc("2029-06-01T00:00Z")));
    }

    [Theory]
    [InlineData("America/New_York", "08:00-22:00", "2026-06-02T01:30Z", 60, "2026-06-02T12:30Z", "over a closed night")]
    [InlineData("America/New_York", "08:00-22:00", "2026-06-02T01:30Z", 30, "2026-06-02T02:00Z", "all of it before it closes")]
    [InlineData("America/New_York", "08:00-22:00", "2026-06-02T05:00Z", 15, "2026-06-02T12:15Z", "from a time when it is closed")]
    [InlineData("America/New_York", "08:00-22:00", "2026-06-02T05:00Z", 0, "2026-06-02T05:00Z", "nothing to wait for")]
    [InlineData("America/New_York", "08:00-22:00", "2026-03-08T02:30Z", 60, "2026-03-08T12:30Z", "over the night of the change in spring")]
    [InlineData("America/New_York", "08:00-22:00", "2026-11-01T01:30Z", 60, "2026-11-01T13:30Z", "over the night of the change in autumn")]
    [InlineData("America/New_York", "22:00-06:00", "2026-03-08T03:00Z", 7 * 60, "2026-03-08T10:00Z", "a night of seven hours")]
    [InlineData("America/New_York", "22:00-06:00", "2026-11-01T02:00Z", 9 * 60, "2026-11-01T11:00Z", "a night of nine hours")]
    [InlineData("Australia/Lord_Howe", "22:00-06:00", "2026-10-03T11:30Z", 8 * 60, "2026-10-04T11:30Z", "a night of seven hours and a half, and the next")]
    [InlineData("Asia/Kolkata", "08:00-20:00", "2026-06-02T14:00Z", 1440, "2026-06-04T14:00Z", "two days of twelve hours")]
    public void Only_open_time_counts(string zone, string everyDay, string from, int minutes, string until, string why)
    {
        var reached = EveryDay(zone, everyDay).AddOpenTime(Utc(from), TimeSpan.FromMinutes(minutes));

        Assert.True(Utc(until) == reached, $"{why}: {reached:u}");
    }

    [Fact]
    public void Whichever_offset_an_instant_is_given_in_the_answer_is_in_UTC()
    {
        var (hours, given) = (EveryDay("Europe/Berlin", "08:00-22:00"), new DateTimeOffset(2026, 6, 1, 3, 0, 0, TimeSpan.FromHours(-7)));

        Assert.Equal(TimeSpan.Zero, hours.ClosesAt(given)!.Value.Offset);
        Assert.Equal(TimeSpan.Zero, hours.NextOpeningAfter(given)!.Value.Offset);
        Assert.Equal(TimeSpan.Zero, hours.AddOpenTime(given, TimeSpan.FromDays(9)).Offset);
        Assert.Equal(TimeSpan.Zero, ServiceHours.AlwaysOpen("Europe/Berlin").AddOpenTime(given, TimeSpan.FromDays(9)).Offset);
    }

    [Theory]
    [InlineData("2026-06-07T22:00Z", "Saturday 18:00")]
    [InlineData("2026-06-06T23:00Z", "Saturday 13 June 18:00")]
    [InlineData("2026-06-06T03:00Z", "Saturday 18:00")]
    public void The_next_opening_is_said_by_the_clock_on_the_wall(string now, string words) =>
        Assert.Equal(
            words, new ServiceHours("America/New_York", Week((DayOfWeek.Saturday, "18:00-02:00")), []).NextOpeningInWords(Utc(now)));

    private static ServiceHours EveryDay(string zone, string hours) => new(zone, Every(hours), []);

    private static Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> Every(string hours) =>
        Week([.. Enum.GetValues<DayOfWeek>().Select(day => (day, hours))]);

    private static Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> Week(params (DayOfWeek Day, string Hours)[] days) =>
        days.ToDictionary(day => day.Day, day => Of(day.Hours));

    private static IReadOnlyList<OpenHours> Of(string hours) =>
        [.. hours.Split(',').Select(each => each.Replace("24:00", "00:00", StringComparison.Ordinal).Split('-'))
            .Select(each => new OpenHours(Time(each[0]), Time(each[1])))];

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
