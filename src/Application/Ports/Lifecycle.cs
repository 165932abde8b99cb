using Chat.Application.Escalations;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Escalations;
using Chat.Domain.Programs;
using Chat.Domain.Users;

namespace Chat.Application.Ports;

/// <summary>What waits for a time to come, or for a worker to have time. Its subject is a conversation, unless it says otherwise.</summary>
public enum JobKind
{
    /// <summary>Somebody waits in the queue: they are told so, others are, or the wait ends.</summary>
    Queue,

    /// <summary>A texter has written where nobody was looking, or wants no more messages.</summary>
    Texter,

    /// <summary>An offered transfer has not been answered.</summary>
    Transfer,

    /// <summary>Nobody has acted on an escalation, which is the subject.</summary>
    Escalation,

    /// <summary>A user, who is the subject, may be gone.</summary>
    Presence,

    FollowUp,

    /// <summary>A program, which is the subject, gives the waiting to whoever has room.</summary>
    Assign,

    /// <summary>Triage has seen something.</summary>
    Risk,

    /// <summary>Risk was voiced, and a person is to say what they make of it.</summary>
    Assessment,

    /// <summary>Something goes out to staff or to a contact by other ways than the desk.</summary>
    Send,

    /// <summary>A survey's question has not been answered.</summary>
    Survey,
}

/// <summary>
/// What is to happen by itself. A job is put down and taken up in the transaction of what it belongs to: it cannot be lost, and it
/// happens once however many instances look. Take the subject's own lock first, then the job.
/// </summary>
public interface IDueJobs
{
    /// <summary>Puts a job down, or moves the one there is.</summary>
    Task ScheduleAsync(JobKind kind, Guid subject, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Whether a job waits, whenever it is due.</summary>
    Task<bool> WaitsAsync(JobKind kind, Guid subject, CancellationToken cancellationToken);

    Task CancelAsync(JobKind kind, Guid subject, CancellationToken cancellationToken);

    /// <summary>Takes a job up; false when it has been done, moved or cancelled meanwhile. What throws afterwards puts it back.</summary>
    Task<bool> BeginAsync(JobKind kind, Guid subject, CancellationToken cancellationToken);
}

/// <summary>Who is there.</summary>
public interface IPresences
{
    Task<Presence> GetAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Reads it for change; the user is locked until the transaction ends, and so is what they take.</summary>
    Task<Presence> GetForChangeAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Somebody says whether they are there, and is seen saying it. Null: they say no more than that they have been here.</summary>
    Task DeclareAsync(UserId user, PresenceStatus? status, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Their connection has been gone for longer than the lease.</summary>
    Task LapseAsync(UserId user, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How long somebody may be unheard of before they count as gone.</summary>
    TimeSpan Lease { get; }

    /// <summary>The conversations that are with somebody.</summary>
    Task<IReadOnlyList<ConversationId>> HeldAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>The programs in which somebody answers.</summary>
    Task<IReadOnlyList<ProgramId>> ProgramsAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Whether somebody can be given conversations of a program at all: an active responder who belongs to it.</summary>
    Task<bool> AnswersInAsync(UserId user, ProgramId program, CancellationToken cancellationToken);

    /// <summary>The available responder of a program who has room and holds the fewest, locked; null when there is none.</summary>
    Task<UserId?> NextWithRoomAsync(ProgramId program, CancellationToken cancellationToken);

    /// <summary>Whether anybody of a program is there and has room.</summary>
    Task<bool> AnyWithRoomAsync(ProgramId program, CancellationToken cancellationToken);
}

/// <summary>A program as use cases need it: its name and what its admin has set.</summary>
/// <param name="TimeZone">Its own, or else its affiliate's.</param>
public sealed record ProgramFacts(ProgramId Id, string Name, bool IsActive, ProgramSettings Settings, string TimeZone, ServiceHours Hours);

public interface IProgramFacts
{
    Task<ProgramFacts> GetAsync(ProgramId program, CancellationToken cancellationToken);
}

/// <summary>What is known of a wait.</summary>
/// <param name="LastSaid">When the texter last wrote.</param>
/// <param name="TexterBegan">Whether it began with something the texter wrote, and not with a responder who handed them back.</param>
/// <param name="Greeted">Whether an automatic answer has gone to them in this conversation.</param>
public sealed record Wait(DateTimeOffset LastSaid, bool TexterBegan, bool Greeted);

/// <param name="Position">1 for whoever is next in the program.</param>
/// <param name="ExpectedWait">From how fast the program has lately taken people; null when that says nothing.</param>
public sealed record QueuePlace(int Position, TimeSpan? ExpectedWait);

public interface IWaits
{
    Task<Wait> OfAsync(Conversation conversation, CancellationToken cancellationToken);

    /// <summary>Where in the queue somebody stands, for whoever is about to tell them.</summary>
    Task<QueuePlace> PlaceOfAsync(Conversation conversation, DateTimeOffset now, CancellationToken cancellationToken);
}

public interface IReports
{
    Task<Report?> FindAsync(ConversationId conversation, CancellationToken cancellationToken);

    Task SaveAsync(Report report, CancellationToken cancellationToken);
}

public interface IFollowUps
{
    Task AddAsync(FollowUp followUp, CancellationToken cancellationToken);

    /// <summary>The one that is yet to be sent; null when there is none.</summary>
    Task<FollowUp?> ScheduledAsync(ConversationId conversation, CancellationToken cancellationToken);

    Task MarkSentAsync(FollowUp followUp, CancellationToken cancellationToken);
}

public interface IEscalationRepository
{
    /// <summary>Reads an escalation for change where the caller may see its conversation; throws NotFound otherwise.</summary>
    Task<Escalation> GetAsync(EscalationId id, CancellationToken cancellationToken);

    Task<Escalation> GetForSystemAsync(EscalationId id, CancellationToken cancellationToken);

    /// <summary>The conversation's open escalation; null when there is none.</summary>
    Task<Escalation?> FindOpenAsync(ConversationId conversation, CancellationToken cancellationToken);

    /// <summary>The next reference number of the affiliate, as it is read out on the telephone.</summary>
    Task<string> NextReferenceAsync(EscalationKind kind, DateTimeOffset now, CancellationToken cancellationToken);

    Task AddAsync(Escalation escalation, CancellationToken cancellationToken);

    Task SaveAsync(Escalation escalation, CancellationToken cancellationToken);
}

/// <summary>Shows an escalation to the caller, inside the transaction that has just changed it.</summary>
public interface IEscalationViews
{
    Task<EscalationView> ShowAsync(EscalationId id, CancellationToken cancellationToken);
}

/// <summary>
/// Contacts emergency services. What is built in tells the affiliate's own on-call contacts by e-mail and webhook; an integration with a
/// dispatch centre stands behind the same port.
/// </summary>
public interface IEmergencyServices
{
    /// <summary>The names of those who will be told; none where there is nobody to tell.</summary>
    Task<IReadOnlyList<string>> ContactAsync(Escalation escalation, CancellationToken cancellationToken);
}

/// <summary>What staff are told of, on the desk at once and, where they have asked for it, by e-mail or text.</summary>
public enum NotificationKind
{
    /// <summary>Somebody has waited for longer than the program wants.</summary>
    QueueAlert,

    /// <summary>A conversation has been given to you.</summary>
    Assigned,
    TransferOffered,
    TransferAccepted,
    TransferDeclined,
    EscalationOpened,

    /// <summary>Nobody has acted on an escalation in the time set for it.</summary>
    EscalationUnattended,
    EscalationResolved,

    /// <summary>A responder's connection is gone while they hold conversations.</summary>
    ResponderGone,

    /// <summary>A conversation of yours is back in the queue.</summary>
    Returned,

    /// <summary>A texter has come back to a conversation of yours.</summary>
    TexterWrote,

    /// <summary>A supervisor has left you a note.</summary>
    Whisper,

    /// <summary>Somebody in danger has asked for no more messages.</summary>
    OptedOutInDanger,

    /// <summary>Somebody may be in danger.</summary>
    RiskRaised,

    /// <summary>Risk was voiced, and nobody has recorded what they make of it.</summary>
    AssessmentMissing,

    /// <summary>A texter has given an answer to a survey of which somebody is to know at once.</summary>
    SurveyAlert,

    /// <summary>A conversation could not be looked after, and has ended as failed.</summary>
    ConversationFailed,

    /// <summary>What was sent to an on-call contact about an escalation does not get through.</summary>
    ContactFailed,

    /// <summary>A webhook is called no more: its receiver is gone, or nothing has got through for days.</summary>
    WebhookDisabled,
}

/// <summary>Tells staff. It only puts down what is to be told, in the caller's own transaction: telling never holds up the act.</summary>
public interface INotifier
{
    Task TellAsync(NotificationKind kind, UserId user, ConversationId? conversation, Guid? about, CancellationToken cancellationToken);

    Task TellSupervisorsAsync(NotificationKind kind, ConversationId? conversation, Guid? about, CancellationToken cancellationToken);

    /// <summary>Tells the affiliate's admins.</summary>
    Task TellAdminsAsync(NotificationKind kind, Guid? about, CancellationToken cancellationToken);

    /// <summary>Tells the responders of a program who are available and have room.</summary>
    Task TellAvailableAsync(NotificationKind kind, ProgramId program, ConversationId? conversation, CancellationToken cancellationToken);
}
