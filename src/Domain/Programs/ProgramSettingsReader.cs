using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chat.Domain.Common;
using Chat.Domain.Messages;

namespace Chat.Domain.Programs;

/// <summary>
/// Reads a program's settings member by member. What is wrong is noted under its path, and counts as left out; so does null. Hours and
/// holidays are left out as a whole: half of them would be a day without anybody.
/// </summary>
internal sealed partial class ProgramSettingsReader
{
    private const int MostHoursADay = 12;
    private const int MostHolidays = 400;
    private const int MostChoices = 50;
    private const int LongestName = 200;

    private static readonly string[] Parts = [.. Enum.GetValues<WrapUpPart>().Select(Name)];

    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Faults => _faults;

    public ProgramSettings Read(JsonElement json)
    {
        var (settings, otherwise) = (new Place(json, ""), new ProgramSettings());
        return new()
        {
            TimeZone = Read(settings.Member("timeZone"), Zone, otherwise.TimeZone),
            OperatingHours = Read(settings.Member("operatingHours"), Week, otherwise.OperatingHours),
            Holidays = Read(settings.Member("holidays"), Holidays, otherwise.Holidays),
            Replies = settings.Member("replies") is { } replies ? Replies(replies) : otherwise.Replies,
            StillWaiting = Read(settings.Member("stillWaitingMinutes"), place => Minutes(place, 1440), otherwise.StillWaiting),
            MostStillWaiting = Read(settings.Member("mostStillWaiting"), place => Whole(place, 0, 20), otherwise.MostStillWaiting),
            QueueAlert = Read(settings.Member("queueAlertMinutes"), place => Minutes(place, 1440), otherwise.QueueAlert),
            QueueTimeout = Read(settings.Member("queueTimeoutMinutes"), place => Minutes(place, 43_200), otherwise.QueueTimeout),
            TransferTimeout = Read(settings.Member("transferTimeoutSeconds"), place => Seconds(place, 10, 86_400), otherwise.TransferTimeout),
            EscalationReminder = Read(
                settings.Member("escalationReminderMinutes"), place => Minutes(place, 1440), otherwise.EscalationReminder),
            QuietHours = Read<OpenHours?>(settings.Member("quietHours"), place => HoursFromTo(place), otherwise.QuietHours),
            FollowUpReply = Read(settings.Member("followUpReplyHours"), place => TimeSpan.FromHours(Whole(place, 1, 720)), otherwise.FollowUpReply),
            OptOutScope = Read(settings.Member("optOutScope"), Word<OptOutScope>, otherwise.OptOutScope),
            Assignment = Read(settings.Member("assignment"), Word<Assignment>, otherwise.Assignment),
            WrapUp = settings.Member("wrapUp") is { } wrapUp ? WrapUp(wrapUp) : otherwise.WrapUp,
            EntrySurvey = Read(settings.Member("entrySurvey"), Word<SurveySetting>, otherwise.EntrySurvey),
            ExitSurvey = Read(settings.Member("exitSurvey"), Word<SurveySetting>, otherwise.ExitSurvey),
        };
    }

    private string Zone(Place place)
    {
        var zone = Text(place, LongestName);
        if (zone.Length > 0 && !TimeZones.Knows(zone))
        {
            Note(place, "A time zone of the IANA database, such as Europe/Berlin.");
        }

        return zone;
    }

    private Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> Week(Place place)
    {
        var week = new Dictionary<DayOfWeek, IReadOnlyList<OpenHours>>();
        foreach (var name in MembersOf(place))
        {
            // Other members may come to be known one day. A weekday will not, and one that is misspelt would be a day without anybody.
            if (Wire.TryValue<DayOfWeek>(name, out var day))
            {
                week[day] = Read(place.Member(name), Hours, []);
            }
            else
            {
                Note(place.At(name), $"One of {string.Join(", ", Wire.All<DayOfWeek>())}.");
            }
        }

        return week;
    }

    private IReadOnlyList<OpenHours> Hours(Place place) => List(place, MostHoursADay, HoursFromTo);

    private OpenHours HoursFromTo(Place place) => IsObject(place)
        ? new(Required(place, "from", from => Time(from, mayEndTheDay: false)), Required(place, "to", to => Time(to, mayEndTheDay: true)))
        : default;

    private TimeOnly Time(Place place, bool mayEndTheDay)
    {
        var text = place.Word;
        if (mayEndTheDay && text == "24:00")
        {
            return TimeOnly.MinValue;
        }

        if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            Note(place, $"A time of day from 00:00 to {(mayEndTheDay ? "24:00" : "23:59")}, such as 08:00.");
        }

        return time;
    }

    private IReadOnlyList<Holiday> Holidays(Place place)
    {
        var dates = new HashSet<DateOnly>();
        return List(place, MostHolidays, holiday =>
        {
            if (!IsObject(holiday))
            {
                return new(default, null, []);
            }

            var date = Required(holiday, "date", Date);
            if (date != default && !dates.Add(date))
            {
                Note(holiday.At("date"), "Another holiday has this date.");
            }

            var name = Read<string?>(holiday.Member("name"), place => Text(place, LongestName), null);
            return new Holiday(date, name, Read(holiday.Member("hours"), Hours, []));
        });
    }

    private DateOnly Date(Place place)
    {
        if (!DateOnly.TryParseExact(place.Word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            Note(place, "A date, such as 2026-12-25.");
        }

        return date;
    }

    private ReplyTexts Replies(Place place)
    {
        if (!IsObject(place))
        {
            return new();
        }

        var otherwise = new ReplyTexts();
        return new()
        {
            Welcome = Read(place.Member("welcome"), Reply, otherwise.Welcome),
            AllBusy = Read(place.Member("allBusy"), Reply, otherwise.AllBusy),
            StillWaiting = Read(place.Member("stillWaiting"), Reply, otherwise.StillWaiting),
            Closed = Read(place.Member("closed"), Reply, otherwise.Closed),
            Expired = Read(place.Member("expired"), Reply, otherwise.Expired),
        };
    }

    private string Reply(Place place)
    {
        var reply = Text(place, AutomaticReplies.Longest);
        if (AutomaticReplies.FaultOf(reply) is { } fault)
        {
            Note(place, fault);
        }

        return reply;
    }

    private WrapUpSettings WrapUp(Place place) => IsObject(place)
        ? new()
        {
            Mandatory = Read(place.Member("mandatory"), YesOrNo, false),
            Required = Read(place.Member("required"), required => Unique(required, Parts.Length, Part), []),
            Outcomes = Read(place.Member("outcomes"), Choices, []),
            Fields = Read(place.Member("fields"), Fields, []),
        }
        : new();

    private WrapUpPart Part(Place place)
    {
        var part = Array.IndexOf(Parts, place.Word);
        if (part < 0)
        {
            Note(place, $"One of {string.Join(", ", Parts)}.");
        }

        return (WrapUpPart)part;
    }

    private IReadOnlyList<WrapUpField> Fields(Place place)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return List(place, MostChoices, field =>
        {
            var read = Field(field);
            if (read.Id.Length > 0 && !ids.Add(read.Id))
            {
                Note(field.At("id"), "Another field has this id.");
            }

            return read;
        });
    }

    private WrapUpField Field(Place place)
    {
        if (!IsObject(place))
        {
            return new("", "", default, [], false);
        }

        var faults = _faults.Count;
        var field = new WrapUpField(
            Required(place, "id", Id) ?? "", Required(place, "label", label => Text(label, LongestName)) ?? "",
            Required(place, "kind", Word<WrapUpFieldKind>), Read(place.Member("options"), Choices, []),
            Read(place.Member("required"), YesOrNo, false));
        if (_faults.Count == faults && (field.Kind == WrapUpFieldKind.Choice) != (field.Options.Count > 0))
        {
            Note(place.At("options"), field.Kind == WrapUpFieldKind.Choice ? "Say what can be chosen." : "Only a choice has options.");
        }

        return field;
    }

    private string Id(Place place)
    {
        var id = place.Word;
        if (id is null || !FieldId().IsMatch(id))
        {
            Note(place, "A name of 1 to 40 small letters, digits and underscores that begins with a letter.");
        }

        return id ?? "";
    }

    private IReadOnlyList<string> Choices(Place place) => Unique(place, MostChoices, choice => Text(choice, LongestName));

    private IReadOnlyList<T> Unique<T>(Place place, int most, Func<Place, T> read)
    {
        var seen = new HashSet<T>();
        return List(place, most, item =>
        {
            var value = read(item);
            if (!seen.Add(value))
            {
                Note(item, "It stands in the list twice.");
            }

            return value;
        });
    }

    private IReadOnlyList<T> List<T>(Place place, int most, Func<Place, T> read)
    {
        if (place.Value.ValueKind != JsonValueKind.Array || place.Value.GetArrayLength() > most)
        {
            Note(place, $"A list of at most {most}.");
            return [];
        }

        return [.. place.Value.EnumerateArray().Select((item, index) => read(new(item, $"{place.Path}[{index}]")))];
    }

    private string Text(Place place, int longest)
    {
        if (place.Word is { } text && text.Length <= longest && MessageText.IsSaid(text))
        {
            return text;
        }

        Note(place, $"A text of 1 to {longest} characters.");
        return "";
    }

    private T Word<T>(Place place)
        where T : struct, Enum
    {
        if (!Wire.TryValue<T>(place.Word, out var value))
        {
            Note(place, $"One of {string.Join(", ", Wire.All<T>())}.");
        }

        return value;
    }

    private TimeSpan Minutes(Place place, int most) => TimeSpan.FromMinutes(Whole(place, 1, most));

    private TimeSpan Seconds(Place place, int least, int most) => TimeSpan.FromSeconds(Whole(place, least, most));

    private int Whole(Place place, int least, int most)
    {
        if (place.Value.ValueKind == JsonValueKind.Number && place.Value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Note(place, $"A whole number from {least} to {most}.");
        return least;
    }

    private bool YesOrNo(Place place)
    {
        if (place.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Note(place, "true or false.");
        }

        return place.Value.ValueKind == JsonValueKind.True;
    }

    private IEnumerable<string> MembersOf(Place place) =>
        IsObject(place) ? place.Value.EnumerateObject().Select(member => member.Name) : [];

    private bool IsObject(Place place)
    {
        if (place.Value.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        Note(place, "An object.");
        return false;
    }

    private T? Required<T>(Place place, string name, Func<Place, T> read)
    {
        if (place.Member(name) is { } given)
        {
            return read(given);
        }

        Note(place.At(name), "It is missing.");
        return default;
    }

    private T Read<T>(Place? place, Func<Place, T> read, T otherwise)
    {
        if (place is not { } given)
        {
            return otherwise;
        }

        var faults = _faults.Count;
        var value = read(given);
        return _faults.Count == faults ? value : otherwise;
    }

    private void Note(Place place, string message) => _faults.TryAdd(place.Path, message);

    private static string Name(WrapUpPart part) => JsonNamingPolicy.CamelCase.ConvertName(part.ToString());

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex FieldId();

    /// <summary>Something in the settings, and the way to it.</summary>
    private readonly record struct Place(JsonElement Value, string Path)
    {
        public string? Word => Value.ValueKind == JsonValueKind.String ? Value.GetString() : null;

        public Place At(string name) => new(default, Path.Length == 0 ? name : $"{Path}.{name}");

        public Place? Member(string name) =>
            Value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? At(name) with { Value = member } : null;
    }
}
