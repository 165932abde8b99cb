using System.Collections.Frozen;
using Chat.Domain.ApiKeys;
using Chat.Domain.Users;
using static Chat.Application.Common.Permission;

namespace Chat.Application.Common;

public enum Permission
{
    /// <summary>Anybody, signed in or not: signing in itself.</summary>
    Nothing,

    /// <summary>Anybody who is signed in.</summary>
    SignedIn,

    /// <summary>Seeing to one's own sign-in: also for who has still to set up a second factor.</summary>
    OwnSignIn,

    ReadConversations,
    ReadQueue,

    /// <summary>Hearing of what happens on the desk as it happens.</summary>
    HearDesk,
    TakeConversations,
    HoldConversations,
    WriteNotes,
    ReadEmergencyContacts,
    ReadCannedResponses,
    ReturnConversations,
    DeclarePresence,

    /// <summary>Saying how much danger a texter is in.</summary>
    AssessRisk,
    BlockTexters,

    /// <summary>The second person's part in blocking a texter.</summary>
    ApproveBlocks,

    /// <summary>Saying that two texters are one person, or that one is two.</summary>
    JoinTexters,

    /// <summary>Holding conversations back from being purged, and seeing what is due.</summary>
    HoldBack,

    /// <summary>Having everything of a texter erased, and handing a texter what is stored of them.</summary>
    EraseTexters,

    /// <summary>Seeing what was escalated, and saying that one is on it.</summary>
    AttendEscalations,

    /// <summary>Seeing the whole floor: queues, people and escalations.</summary>
    Supervise,

    ManageAffiliates,

    /// <summary>What an affiliate is made of: people, keys, records.</summary>
    ManageAffiliate,

    /// <summary>What an affiliate offers: programs, keywords, surveys, canned responses, channels and emergency contacts.</summary>
    ManagePrograms,

    /// <summary>Saying where an affiliate's events are sent.</summary>
    ManageWebhooks,

    /// <summary>Having keys replaced: an affiliate's by its admin, the master key by a platform admin.</summary>
    ManageKeys,

    /// <summary>Seeing to events that somebody within the platform could not act on.</summary>
    SeeToEvents,

    /// <summary>The platform's own workers; no person has it.</summary>
    RunTheSystem,
}

/// <summary>Who may do what: the authorisation table, and the only one.</summary>
public static class RolePermissions
{
#pragma warning disable format // read as columns
    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Table = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Responder]  = Set(SignedIn, OwnSignIn, ReadConversations, ReadQueue, HearDesk, ReadEmergencyContacts, ReadCannedResponses, WriteNotes, ReturnConversations, DeclarePresence, AttendEscalations,
                                AssessRisk, BlockTexters, TakeConversations, HoldConversations),
        [Role.Supervisor] = Set(SignedIn, OwnSignIn, ReadConversations, ReadQueue, HearDesk, ReadEmergencyContacts, ReadCannedResponses, WriteNotes, ReturnConversations, DeclarePresence, AttendEscalations,
                                AssessRisk, BlockTexters, ApproveBlocks, Supervise),
        [Role.Admin]      = Set(SignedIn, OwnSignIn, ReadConversations, ReadQueue, HearDesk, ReadEmergencyContacts, ReadCannedResponses, ApproveBlocks, JoinTexters, HoldBack, EraseTexters, Supervise,
                                ManageAffiliate, ManageKeys, ManagePrograms, ManageWebhooks),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<ApiScope, FrozenSet<Permission>> Keys = new Dictionary<ApiScope, FrozenSet<Permission>>
    {
        [ApiScope.ConversationsRead] = Set(ReadConversations, ReadQueue),
        [ApiScope.Configuration]     = Set(ReadEmergencyContacts, ReadCannedResponses, ManagePrograms),
        [ApiScope.Webhooks]          = Set(ManageWebhooks),
    }.ToFrozenDictionary();
#pragma warning restore format

    private static readonly FrozenSet<Permission> PlatformAdmin = Set(
        SignedIn, OwnSignIn, ReadEmergencyContacts, ReadCannedResponses, ManageAffiliates, ManageAffiliate, ManageKeys, ManagePrograms, ManageWebhooks, SeeToEvents);

    /// <summary>A platform admin runs the installation and reads nobody's conversations.</summary>
    public static bool Has(Role role, bool isPlatform, Permission permission) =>
        permission == Nothing || (isPlatform ? role == Role.Admin && PlatformAdmin.Contains(permission) : Table[role].Contains(permission));

    /// <summary>A partner's program may what its key's scopes say, and is nobody in particular.</summary>
    public static bool Has(IReadOnlyList<ApiScope> scopes, Permission permission) =>
        permission == Nothing || scopes.Any(scope => Keys[scope].Contains(permission));

    private static FrozenSet<Permission> Set(params Permission[] permissions) => permissions.ToFrozenSet();
}
