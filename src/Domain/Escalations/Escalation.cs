using Chat.Domain.Common;

namespace Chat.Domain.Escalations;

public enum EscalationKind
{
    Medical,
    Police,
}

/// <summary>How urgent it is. Centres rank it in words of their own, and all of these are taken as they are.</summary>
public enum Urgency
{
    Low,
    Moderate,
    Medium,
    High,
    Urgent,
    Critical,
    Imminent,
    Immediate,
    Emergency,
}

/// <summary>How it is known where the texter is.</summary>
public enum LocationSource
{
    TexterSaid,
    KnownBefore,
    Partner,
    Provider,
    Other,
}

/// <summary>
/// Bringing in emergency services for one texter: what is known, who was told, and how it ended. It is a record that may be read in
/// court, so nothing in it is ever overwritten without a trace: its steps are kept beside it.
/// </summary>
public sealed class Escalation : Aggregate
{
    private readonly List<EscalationStep> _steps = [];

    // The columns of the table, in the order in which it is read.
    public Escalation(
        EscalationId id, ConversationId conversationId, EscalationKind kind, Urgency urgency, string referenceNumber, string? location,
        LocationSource? locationSource, string? reason, string? contactedService, UserId openedBy, DateTimeOffset openedAt, UserId? acknowledgedBy,
        DateTimeOffset? acknowledgedAt, UserId? resolvedBy, DateTimeOffset? resolvedAt, string? outcome, string? outcomeNote, int reminders, long version)
    {
        Id = id;
        ConversationId = conversationId;
        Kind = kind;
        Urgency = urgency;
        ReferenceNumber = referenceNumber;
        Location = location;
        LocationSource = locationSource;
        Reason = reason;
        ContactedService = contactedService;
        OpenedBy = openedBy;
        OpenedAt = openedAt;
        AcknowledgedBy = acknowledgedBy;
        AcknowledgedAt = acknowledgedAt;
        ResolvedBy = resolvedBy;
        ResolvedAt = resolvedAt;
        Outcome = outcome;
        OutcomeNote = outcomeNote;
        Reminders = reminders;
        Version = version;
    }

    public EscalationId Id { get; }

    public override Guid Key => Id.Value;

    public ConversationId ConversationId { get; }

    public EscalationKind Kind { get; }

    public Urgency Urgency { get; private set; }

    /// <summary>What is read out on the telephone, such as MED-2026-000017.</summary>
    public string ReferenceNumber { get; }

    public string? Location { get; private set; }

    public LocationSource? LocationSource { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Whom the platform itself has told, by name; null when it had nobody to tell.</summary>
    public string? ContactedService { get; private set; }

    public UserId OpenedBy { get; }

    public DateTimeOffset OpenedAt { get; }

    public UserId? AcknowledgedBy { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    public UserId? ResolvedBy { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    public string? Outcome { get; private set; }

    public string? OutcomeNote { get; private set; }

    /// <summary>How often supervisors have been told again that nobody has acted.</summary>
    public int Reminders { get; private set; }

    public long Version { get; private set; }

    /// <summary>What has happened since the escalation was read.</summary>
    public IReadOnlyList<EscalationStep> Steps => _steps;

    public bool IsOpen => ResolvedAt is null;

    /// <summary>Whether anybody has acted: a supervisor has taken note, or a service has been contacted.</summary>
    public bool IsAttended => AcknowledgedAt is not null;

    public static Escalation Open(
        EscalationId id, ConversationId conversation, EscalationKind kind, Urgency urgency, string referenceNumber, string? location,
        LocationSource? locationSource, string? reason, UserId by, DateTimeOffset now)
    {
        var escalation = new Escalation(
            id, conversation, kind, urgency, referenceNumber, location, locationSource, reason, null, by, now, null, null, null, null, null, null, 0, 1);
        escalation._steps.Add(new EscalationStep(EscalationStepKind.Opened, by, now, null, null, null, null));
        return escalation;
    }

    /// <summary>The platform has told these contacts by itself.</summary>
    public void Notified(IReadOnlyList<string> contacts, DateTimeOffset now)
    {
        if (contacts.Count > 0)
        {
            ContactedService = string.Join(", ", contacts);
            _steps.Add(new EscalationStep(EscalationStepKind.Notified, null, now, ContactedService, null, null, null));
        }
    }

    /// <summary>A supervisor has seen it and is on it: nobody needs to be reminded any more.</summary>
    public void Acknowledge(UserId by, DateTimeOffset now)
    {
        RequireOpen();
        if (AcknowledgedAt is null)
        {
            (AcknowledgedBy, AcknowledgedAt) = (by, now);
            Change(new EscalationStep(EscalationStepKind.Acknowledged, by, now, null, null, null, null));
        }
    }

    /// <summary>Somebody was contacted, by telephone or otherwise: whom, how, and what they said.</summary>
    public void RecordContact(UserId by, string contact, string method, string outcome, string? note, DateTimeOffset contactedAt)
    {
        RequireOpen();
        Change(new EscalationStep(EscalationStepKind.Contacted, by, contactedAt, contact, method, outcome, note));
    }

    /// <summary>More has become known: where they are, how urgent it is.</summary>
    public void Change(UserId by, Urgency urgency, string? location, LocationSource? source, string? reason, DateTimeOffset now)
    {
        RequireOpen();
        if ((urgency, location, source, reason) == (Urgency, Location, LocationSource, Reason))
        {
            return;
        }

        // What was known before stays on record.
        var before = location == Location ? null : Location;
        (Urgency, Location, LocationSource, Reason) = (urgency, location, source, reason);
        Change(new EscalationStep(EscalationStepKind.Changed, by, now, null, null, urgency.Name(), before));
    }

    public void Remind(DateTimeOffset now)
    {
        Reminders++;
        Change(new EscalationStep(EscalationStepKind.Reminded, null, now, null, null, null, null));
    }

    public void Resolve(UserId by, string outcome, string? note, DateTimeOffset now)
    {
        RequireOpen();
        (ResolvedBy, ResolvedAt, Outcome, OutcomeNote) = (by, now, outcome, note);
        Change(new EscalationStep(EscalationStepKind.Resolved, by, now, null, null, outcome, note));
    }

    private void Change(EscalationStep step)
    {
        Version++;
        _steps.Add(step);
    }

    private void RequireOpen()
    {
        if (!IsOpen)
        {
            throw new RefusedException("escalation.resolved", "This escalation has been resolved.");
        }
    }
}

public enum EscalationStepKind
{
    Opened,
    Notified,
    Acknowledged,
    Contacted,
    Changed,
    Reminded,
    Resolved,
}

/// <summary>One line of an escalation's record.</summary>
/// <param name="Contact">Whom; people's words and names, sealed where they are kept, as is the note.</param>
/// <param name="Outcome">What came of it; after a change, the new urgency.</param>
public sealed record EscalationStep(
    EscalationStepKind Kind, UserId? By, DateTimeOffset At, string? Contact, string? Method, string? Outcome, string? Note);
