using System.Globalization;
using Chat.Domain.Programs;

namespace Chat.Domain.Tests;

/// <summary>When a texter can be written to by the clock, with quiet hours from 21:00 to 08:00 in the texter's own time.</summary>
public sealed class WritingHoursTests
{
    private static readonly ProgramSettings Quiet = ProgramSettings.Read("""{"quietHours": {"from": "21:00", "to": "08:00"}}""");

    [Theory]
    [InlineData("America/New_York", "2026-11-20T20:00:00Z", null)] // 15:00
    [InlineData("America/New_York", "2026-11-21T01:59:00Z", null)] // 20:59
    [InlineData("America/New_York", "2026-11-21T02:00:00Z", "2026-11-21T13:00:00Z")] // 21:00
    [InlineData("America/New_York", "2026-11-21T12:59:00Z", "2026-11-21T13:00:00Z")] // 07:59
    [InlineData("America/New_York", "2026-11-01T04:00:00Z", "2026-11-01T13:00:00Z")] // midnight before the clocks go back: 08:00 is an hour later
    [InlineData("America/New_York", "2026-03-08T04:00:00Z", "2026-03-08T12:00:00Z")] // and before they go forward: an hour earlier
    [InlineData("Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T07:00:00Z")]
    [InlineData("Europe/Berlin", "2026-03-28T22:00:00Z", "2026-03-29T06:00:00Z")]
    [InlineData("Asia/Kolkata", "2026-11-20T15:30:00Z", "2026-11-21T02:30:00Z")] // 21:00 at half an hour's offset
    [InlineData("Australia/Lord_Howe", "2026-10-03T11:00:00Z", "2026-10-03T21:00:00Z")] // 21:30; half an hour forward in that night
    [InlineData("America/Phoenix", "2026-11-21T04:30:00Z", "2026-11-21T15:00:00Z")]
    public void Nobody_is_written_to_in_their_night(string zone, string at, string? insteadAt)
    {
        var (hours, instant) = (Quiet.WritingHoursIn(zone), Instant(at));

        Assert.Equal(insteadAt is null, hours.IsOpenAt(instant));
        if (insteadAt is not null)
        {
            Assert.Equal(Instant(insteadAt), hours.NextOpeningAfter(instant));
        }
    }

    [Fact]
    public void Without_quiet_hours_any_time_will_do() =>
        Assert.True(ProgramSettings.Read("{}").WritingHoursIn("America/New_York").IsOpenAt(Instant("2026-11-21T06:00:00Z")));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
