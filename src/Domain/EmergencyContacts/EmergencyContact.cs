using Chat.Domain.Common;

namespace Chat.Domain.EmergencyContacts;

/// <summary>Which emergencies a contact is for.</summary>
public enum EmergencyKind
{
    /// <summary>Ambulances, hospitals, mobile crisis teams.</summary>
    Medical,

    Police,

    /// <summary>Whatever happens.</summary>
    Any,
}

/// <summary>How well a contact's area fits a place, the best first.</summary>
public enum AreaFit
{
    /// <summary>It is the place.</summary>
    Same,

    /// <summary>One lies in the other, as far as their names tell.</summary>
    Near,

    /// <summary>It is for wherever the affiliate works.</summary>
    Everywhere,

    Elsewhere,
}

/// <summary>Whom to call when a texter's life is in danger: a service of an area, or the affiliate's own people on call.</summary>
public sealed class EmergencyContact(
    EmergencyContactId id, EmergencyKind kind, string name, string? area, string? phone, string? email, string? webhookUrl,
    string? webhookSecret, bool onCall, string? notes, Status status, long version, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    : Aggregate
{
    public EmergencyContactId Id { get; } = id;

    public override Guid Key => Id.Value;

    public EmergencyKind Kind { get; private set; } = kind;

    public string Name { get; private set; } = name;

    /// <summary>Null is everywhere that the affiliate works.</summary>
    public string? Area { get; private set; } = area;

    public string? Phone { get; private set; } = phone;

    public string? Email { get; private set; } = email;

    public string? WebhookUrl { get; private set; } = webhookUrl;

    /// <summary>Signs what the webhook is told. It never leaves through the API.</summary>
    public string? WebhookSecret { get; private set; } = webhookSecret;

    /// <summary>The affiliate's own person or desk, whom the platform itself notifies of an escalation.</summary>
    public bool OnCall { get; private set; } = onCall;

    public string? Notes { get; private set; } = notes;

    public Status Status { get; private set; } = status;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    public void Change(
        EmergencyKind kind, string name, string? area, string? phone, string? email, string? webhookUrl, string? webhookSecret, bool onCall,
        string? notes, Status status, DateTimeOffset now)
    {
        (Kind, Name, Area, Phone, Email, WebhookUrl, WebhookSecret) = (kind, name, area, phone, email, webhookUrl, webhookSecret);
        (OnCall, Notes, Status) = (onCall, notes, status);
        Version++;
        UpdatedAt = now;
    }

    /// <summary>Areas are what people call them: one lies in another when its name holds the other's, as "King County, WA" does "WA".</summary>
    public AreaFit FitFor(string? place)
    {
        if (Area is null)
        {
            return AreaFit.Everywhere;
        }

        if (string.IsNullOrWhiteSpace(place))
        {
            return AreaFit.Elsewhere;
        }

        place = place.Trim();
        if (Area.Equals(place, StringComparison.OrdinalIgnoreCase))
        {
            return AreaFit.Same;
        }

        return Area.Contains(place, StringComparison.OrdinalIgnoreCase) || place.Contains(Area, StringComparison.OrdinalIgnoreCase)
            ? AreaFit.Near
            : AreaFit.Elsewhere;
    }

    /// <summary>In the order in which to call them: the nearest first, and of two as near whoever is there for just this.</summary>
    public static IReadOnlyList<EmergencyContact> BestFirst(IEnumerable<EmergencyContact> contacts, string? place) =>
    [
        .. contacts
            .OrderBy(contact => contact.FitFor(place))
            .ThenBy(contact => contact.FitFor(place) == AreaFit.Near ? Math.Abs(contact.Area!.Length - place!.Trim().Length) : 0)
            .ThenBy(contact => contact.Kind == EmergencyKind.Any)
            .ThenBy(contact => contact.Id.Value),
    ];
}
