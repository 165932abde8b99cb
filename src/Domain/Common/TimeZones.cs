using System.Text.RegularExpressions;

namespace Chat.Domain.Common;

/// <summary>Zones of the IANA database, by name.</summary>
public static partial class TimeZones
{
    public static bool Knows(string name) =>
        ZoneName().IsMatch(name) && (name == "UTC" || name.Contains('/', StringComparison.Ordinal))
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    // The name becomes a file's name on most systems: nothing that could lead elsewhere gets so far.
    [GeneratedRegex(@"^[A-Za-z0-9_+-]{1,32}(/[A-Za-z0-9_+-]{1,32}){0,2}\z")]
    private static partial Regex ZoneName();
}
