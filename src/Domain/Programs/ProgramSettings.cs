using System.Text.Json;

namespace Chat.Domain.Programs;

/// <summary>Whether responders take conversations from the queue, or are given them.</summary>
public enum Assignment
{
    Pull,
    Push,
}

/// <summary>What a texter who wants no more messages is taken to mean.</summary>
public enum OptOutScope
{
    /// <summary>The number that they wrote to.</summary>
    Number,

    /// <summary>Every channel of its program.</summary>
    Program,

    /// <summary>Every channel of the affiliate.</summary>
    Affiliate,
}

/// <summary>Whether a survey is sent by the responder, or by itself at its time.</summary>
public enum SurveySetting
{
    Manual,
    Automatic,
}

/// <summary>What a responder can be required to fill in at wrap-up. In JSON these are names of members: nextStep.</summary>
public enum WrapUpPart
{
    Outcome,
    Note,
    NextStep,
    Tags,
}

public enum WrapUpFieldKind
{
    Text,
    Choice,
    YesNo,
}

/// <summary>What a program says by itself. The words that are null are not said.</summary>
public sealed record ReplyTexts
{
    public const string ClosedByDefault =
        "We are closed right now. Your message is kept and will be read when we are open again. "
        + "If you are in danger, call your local emergency number, or in the US call or text 988.";

    public const string ExpiredByDefault =
        "We are sorry that nobody could answer you in time. You can write to us again at any moment. "
        + "If you are in danger, call your local emergency number, or in the US call or text 988.";

    public string? Welcome { get; init; }

    public string? AllBusy { get; init; }

    public string? StillWaiting { get; init; }

    public string Closed { get; init; } = ClosedByDefault;

    public string Expired { get; init; } = ExpiredByDefault;
}

/// <summary>A question of the affiliate's own at wrap-up.</summary>
/// <param name="Options">What can be chosen; empty for the other kinds.</param>
public sealed record WrapUpField(string Id, string Label, WrapUpFieldKind Kind, IReadOnlyList<string> Options, bool Required);

/// <summary>What a responder files at the end.</summary>
public sealed record WrapUpSettings
{
    public bool Mandatory { get; init; }

    public IReadOnlyList<WrapUpPart> Required { get; init; } = [];

    public IReadOnlyList<string> Outcomes { get; init; } = [];

    public IReadOnlyList<WrapUpField> Fields { get; init; } = [];
}

/// <summary>A program's settings as its admins wrote them, and what holds where they said nothing.</summary>
public sealed record ProgramSettings
{
    /// <summary>The program's own; null is its affiliate's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>A weekday that is not in it is closed; null is open day and night.</summary>
    public IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenHours>>? OperatingHours { get; init; }

    public IReadOnlyList<Holiday> Holidays { get; init; } = [];

    public ReplyTexts Replies { get; init; } = new();

    /// <summary>How often somebody in the queue is told that they are not forgotten.</summary>
    public TimeSpan StillWaiting { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How many times they are told.</summary>
    public int MostStillWaiting { get; init; } = 3;

    /// <summary>When supervisors and free responders are told that somebody waits.</summary>
    public TimeSpan QueueAlert { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromMinutes(1440);

    public TimeSpan TransferTimeout { get; init; } = TimeSpan.FromSeconds(180);

    public TimeSpan EscalationReminder { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>When nobody is written to by the clock, in the texter's own time; null is never.</summary>
    public OpenHours? QuietHours { get; init; }

    /// <summary>How long a follow-up waits for an answer before its conversation is closed.</summary>
    public TimeSpan FollowUpReply { get; init; } = TimeSpan.FromHours(72);

    public OptOutScope OptOutScope { get; init; }

    public Assignment Assignment { get; init; } = Assignment.Pull;

    public WrapUpSettings WrapUp { get; init; } = new();

    /// <summary>Automatic: it is sent when a responder starts the conversation.</summary>
    public SurveySetting EntrySurvey { get; init; } = SurveySetting.Manual;

    /// <summary>Automatic: it is sent when a responder begins to wrap up.</summary>
    public SurveySetting ExitSurvey { get; init; } = SurveySetting.Manual;

    /// <summary>What is stored. Settings can be older than these rules: a member that is wrong counts as left out.</summary>
    public static ProgramSettings Read(string json)
    {
        using var settings = JsonDocument.Parse(json);
        return new ProgramSettingsReader().Read(settings.RootElement);
    }

    /// <summary>What is wrong, by the member's path, such as operatingHours.monday[0].from. A member that is not known is not wrong.</summary>
    public static IReadOnlyDictionary<string, string> Faults(JsonElement settings)
    {
        var reader = new ProgramSettingsReader();
        reader.Read(settings);
        return reader.Faults;
    }

    /// <summary>When a texter in this time zone can be written to by the clock.</summary>
    public ServiceHours WritingHoursIn(string texterTimeZone) =>
        QuietHours is { } quiet && quiet.From != quiet.To
            ? new(texterTimeZone, Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => (IReadOnlyList<OpenHours>)[new(quiet.To, quiet.From)]), [])
            : ServiceHours.AlwaysOpen(texterTimeZone);

    /// <summary>The program's hours, in its own time zone or else in its affiliate's.</summary>
    public ServiceHours HoursIn(string affiliateTimeZone) => new(TimeZone ?? affiliateTimeZone, OperatingHours, Holidays);
}
