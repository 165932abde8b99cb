using System.Collections.Frozen;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using static Chat.Domain.Conversations.Actor;
using static Chat.Domain.Conversations.ConversationState;
using static Chat.Domain.Conversations.ConversationTransition;

namespace Chat.Domain.Conversations;

public enum ConversationState
{
    New,
    Queued,
    Assigned,
    Active,
    Transferred,
    EscalatedMedical,
    EscalatedPolice,
    WrapUp,
    FollowUpScheduled,
    FollowUpActive,
    Closed,
    Expired,
    Failed,
}

public enum ConversationTransition
{
    RouteMessage,
    AssignResponder,
    TimeoutExpire,
    StartConversation,
    SendEntrySurvey,
    TransferToResponder,
    AcceptTransfer,
    DeclineTransfer,
    CancelTransfer,
    EscalateToMedical,
    EscalateToPolice,
    ResolveEscalation,
    ResolvePoliceEscalation,
    BeginWrapUp,
    ScheduleFollowUp,
    TriggerFollowUp,
    Resume,
    ReturnToQueue,
    CloseFromActive,
    CloseFromWrapUp,
    CloseFromFollowup,
    CloseOptedOut,
    Fail,
}

/// <summary>Who brings a transition about.</summary>
[Flags]
public enum Actor
{
    Texter = 1,
    Responder = 2,
    Supervisor = 4,
    Platform = 8,
}

public sealed record Transition(ConversationState From, ConversationTransition When, ConversationState To, Actor By);

/// <summary>The whole life of a conversation: a state follows another only where a row here says so.</summary>
public static class ConversationLifecycle
{
#pragma warning disable format // read as columns
    public static IReadOnlyList<Transition> Transitions { get; } =
    [
        //  in                 when                     becomes            by
        new(New,               RouteMessage,            Queued,            Platform),
        new(New,               CloseOptedOut,           Closed,            Texter),
        new(New,               Fail,                    Failed,            Platform),

        new(Queued,            AssignResponder,         Assigned,          Responder | Platform),
        new(Queued,            TimeoutExpire,           Expired,           Platform),
        new(Queued,            CloseOptedOut,           Closed,            Texter),
        new(Queued,            Fail,                    Failed,            Platform),

        new(Assigned,          StartConversation,       Active,            Responder),
        new(Assigned,          ReturnToQueue,           Queued,            Responder | Supervisor | Platform),
        new(Assigned,          CloseOptedOut,           Closed,            Texter),

        new(Active,            SendEntrySurvey,         Active,            Responder),
        new(Active,            TransferToResponder,     Transferred,       Responder),
        new(Active,            EscalateToMedical,       EscalatedMedical,  Responder),
        new(Active,            EscalateToPolice,        EscalatedPolice,   Responder),
        new(Active,            BeginWrapUp,             WrapUp,            Responder),
        new(Active,            ReturnToQueue,           Queued,            Responder | Supervisor | Platform),
        new(Active,            CloseFromActive,         Closed,            Responder),
        new(Active,            CloseOptedOut,           Closed,            Texter),

        new(Transferred,       AcceptTransfer,          Active,            Responder),
        new(Transferred,       DeclineTransfer,         Active,            Responder | Platform),
        new(Transferred,       CancelTransfer,          Active,            Responder),
        new(Transferred,       ReturnToQueue,           Queued,            Responder | Supervisor | Platform),
        new(Transferred,       CloseOptedOut,           Closed,            Texter),

        new(EscalatedMedical,  ResolveEscalation,       Active,            Responder | Supervisor),
        new(EscalatedMedical,  CloseOptedOut,           Closed,            Texter),

        new(EscalatedPolice,   ResolvePoliceEscalation, Active,            Responder | Supervisor),
        new(EscalatedPolice,   CloseOptedOut,           Closed,            Texter),

        new(WrapUp,            ScheduleFollowUp,        FollowUpScheduled, Responder),
        new(WrapUp,            Resume,                  Active,            Texter),
        new(WrapUp,            ReturnToQueue,           Queued,            Responder | Supervisor | Platform),
        new(WrapUp,            CloseFromWrapUp,         Closed,            Responder),
        new(WrapUp,            CloseOptedOut,           Closed,            Texter),

        new(FollowUpScheduled, TriggerFollowUp,         FollowUpActive,    Platform),
        new(FollowUpScheduled, Resume,                  Active,            Texter),
        new(FollowUpScheduled, ReturnToQueue,           Queued,            Responder | Supervisor | Platform),
        new(FollowUpScheduled, CloseOptedOut,           Closed,            Texter),

        new(FollowUpActive,    Resume,                  Active,            Texter),
        new(FollowUpActive,    ReturnToQueue,           Queued,            Responder | Supervisor | Platform),
        new(FollowUpActive,    CloseFromFollowup,       Closed,            Responder | Platform),
        new(FollowUpActive,    CloseOptedOut,           Closed,            Texter),
    ];
#pragma warning restore format

    private static readonly FrozenDictionary<(ConversationState, ConversationTransition), ConversationState> Next =
        Transitions.ToFrozenDictionary(row => (row.From, row.When), row => row.To);

    /// <summary>States in which nothing more can happen: the texter's next message opens a new conversation.</summary>
    public static IReadOnlySet<ConversationState> Terminal { get; } = new[] { Closed, Expired, Failed }.ToFrozenSet();

    /// <summary>States that take up one of a responder's places.</summary>
    public static IReadOnlySet<ConversationState> Occupying { get; } =
        new[] { Assigned, Active, Transferred, EscalatedMedical, EscalatedPolice, WrapUp }.ToFrozenSet();

    /// <summary>States in which whoever holds a conversation can write to the texter; help on its way is no reason to fall silent.</summary>
    public static IReadOnlySet<ConversationState> Answering { get; } =
        new[] { Active, Transferred, EscalatedMedical, EscalatedPolice, WrapUp, FollowUpActive }.ToFrozenSet();

    /// <summary>States in which nobody looks any more: what the texter writes there brings the conversation back to a responder.</summary>
    public static IReadOnlySet<ConversationState> Ending { get; } = new[] { WrapUp, FollowUpScheduled, FollowUpActive }.ToFrozenSet();

    /// <summary>Whether a survey goes on in a state; in every other the texter is asked nothing.</summary>
    public static bool GoesOnIn(SurveyType survey, ConversationState state) =>
        survey == SurveyType.Entry ? state is Active or Transferred : state is WrapUp or FollowUpScheduled;

    public static ConversationState After(this ConversationState state, ConversationTransition transition) =>
        Next.TryGetValue((state, transition), out var next) ? next : throw new TransitionNotAllowedException(state, transition);

    public static IEnumerable<Transition> From(ConversationState state) => Transitions.Where(row => row.From == state);
}

/// <summary>A move that the lifecycle does not hold; nothing has changed.</summary>
public sealed class TransitionNotAllowedException(ConversationState state, ConversationTransition transition)
    : RefusedException("conversation.transition_not_allowed", $"A conversation that is {state.Name()} does not allow {transition.Name()}.")
{
    public override IReadOnlyDictionary<string, string> Facts { get; } =
        new Dictionary<string, string> { ["state"] = state.Name(), ["transition"] = transition.Name() };
}
