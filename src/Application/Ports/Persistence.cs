using Chat.Domain.Affiliates;
using Chat.Domain.ApiKeys;
using Chat.Domain.CannedResponses;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.EmergencyContacts;
using Chat.Domain.Keywords;
using Chat.Domain.Messages;
using Chat.Domain.Programs;
using Chat.Domain.Users;
using Program = Chat.Domain.Programs.Program;

namespace Chat.Application.Ports;

/// <summary>One transaction, in which one affiliate's rows exist and no others.</summary>
public interface IUnitOfWork
{
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>From here on the rows of this affiliate exist and no others.</summary>
    Task EnterAsync(AffiliateId affiliate, CancellationToken cancellationToken);

    /// <summary>Enters the affiliate that owns something an admin manages; throws NotFound where nobody does.</summary>
    Task EnterOwnerOfAsync(Guid resourceId, CancellationToken cancellationToken);

    AffiliateId Affiliate { get; }

    Task CommitAsync(CancellationToken cancellationToken);

    /// <summary>Gives up what was done since the transaction began, so that the use case can begin again.</summary>
    Task RollBackAsync();

    /// <summary>Whether a failure is nobody's fault and another try may well succeed: a deadlock, a lost serialisation.</summary>
    bool MayTryAgainAfter(Exception failure);
}

/// <summary>Answers kept under Idempotency-Keys.</summary>
public interface IAnswersGiven
{
    /// <summary>Takes the key, or returns the answer that was given under it. Waits for a request that holds the key right now.</summary>
    Task<EarlierAnswer<TResponse>> BeginAsync<TRequest, TResponse>(IdempotencyKey key, TRequest request, CancellationToken cancellationToken);

    Task KeepAsync<TRequest, TResponse>(IdempotencyKey key, TResponse answer, CancellationToken cancellationToken);
}

public readonly record struct EarlierAnswer<TResponse>(bool Given, TResponse? Answer);

/// <summary>Who did what to which rows. It holds ids only, so that it outlives what it tells of.</summary>
public interface IAuditTrail
{
    Task AppendAsync(string action, CancellationToken cancellationToken);

    /// <summary>Somebody reads words; told once an hour, however often their screen asks.</summary>
    Task NoteReadingAsync(string action, Guid subject, CancellationToken cancellationToken);

    /// <summary>Somebody has signed in, or has failed to sign in as this user: then nobody knows who it was.</summary>
    Task NoteSignInAsync(UserId user, bool succeeded, CancellationToken cancellationToken);
}

public interface IAffiliateRepository
{
    Task<Affiliate> GetAsync(AffiliateId id, CancellationToken cancellationToken);

    Task AddAsync(Affiliate affiliate, CancellationToken cancellationToken);

    Task SaveAsync(Affiliate affiliate, CancellationToken cancellationToken);

    Task DeleteAsync(Affiliate affiliate, CancellationToken cancellationToken);
}

public interface IProgramRepository
{
    Task<Program> GetAsync(ProgramId id, CancellationToken cancellationToken);

    Task AddAsync(Program program, CancellationToken cancellationToken);

    Task SaveAsync(Program program, CancellationToken cancellationToken);

    Task DeleteAsync(Program program, CancellationToken cancellationToken);
}

public interface IUserRepository
{
    Task<User> GetAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>Null when there is none of this id any more.</summary>
    Task<User?> FindAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a user for change; the row is locked until the transaction ends, so that they take no conversation meanwhile.
    /// </summary>
    Task<User> GetForChangeAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>Whether a texter's open conversation is with this user.</summary>
    Task<bool> HoldsConversationsAsync(UserId id, CancellationToken cancellationToken);

    Task AddAsync(User user, string passwordHash, CancellationToken cancellationToken);

    /// <summary>Saves the user and, where one is given, a new password, which ends the user's sessions.</summary>
    Task SaveAsync(User user, string? passwordHash, CancellationToken cancellationToken);

    Task DeleteAsync(User user, CancellationToken cancellationToken);

    /// <summary>Takes the turn, until the transaction ends, in deciding who is a platform admin: two at once must not both be the first, or the last.</summary>
    Task WaitForTurnAsync(CancellationToken cancellationToken);

    /// <summary>Whether the installation has a platform admin who can sign in, other than this one.</summary>
    Task<bool> AnotherPlatformAdminExistsAsync(UserId except, CancellationToken cancellationToken);
}

public interface IKeywordRepository
{
    Task<Keyword> GetAsync(KeywordId id, CancellationToken cancellationToken);

    Task AddAsync(Keyword keyword, CancellationToken cancellationToken);

    Task SaveAsync(Keyword keyword, CancellationToken cancellationToken);

    Task DeleteAsync(Keyword keyword, CancellationToken cancellationToken);
}

public interface ICannedResponseRepository
{
    Task<CannedResponse> GetAsync(CannedResponseId id, CancellationToken cancellationToken);

    Task AddAsync(CannedResponse response, CancellationToken cancellationToken);

    Task SaveAsync(CannedResponse response, CancellationToken cancellationToken);

    Task DeleteAsync(CannedResponse response, CancellationToken cancellationToken);
}

public interface IApiKeyRepository
{
    Task<ApiKey> GetAsync(ApiKeyId id, CancellationToken cancellationToken);

    /// <param name="hash">By which it is known when it is used.</param>
    Task AddAsync(ApiKey key, byte[] hash, CancellationToken cancellationToken);

    Task SaveAsync(ApiKey key, CancellationToken cancellationToken);

    Task DeleteAsync(ApiKey key, CancellationToken cancellationToken);
}

public interface IChannelRepository
{
    Task<Channel> GetAsync(ChannelId id, CancellationToken cancellationToken);

    Task AddAsync(Channel channel, CancellationToken cancellationToken);

    Task SaveAsync(Channel channel, CancellationToken cancellationToken);

    Task DeleteAsync(Channel channel, CancellationToken cancellationToken);
}

public interface IEmergencyContactRepository
{
    Task<EmergencyContact> GetAsync(EmergencyContactId id, CancellationToken cancellationToken);

    Task AddAsync(EmergencyContact contact, CancellationToken cancellationToken);

    Task SaveAsync(EmergencyContact contact, CancellationToken cancellationToken);

    Task DeleteAsync(EmergencyContact contact, CancellationToken cancellationToken);
}

/// <summary>Whom an escalation calls.</summary>
public interface IEmergencyContacts
{
    /// <summary>
    /// The affiliate's active contacts for this kind of emergency, in the order in which to call them: those of the area, those for
    /// everywhere, those of elsewhere.
    /// </summary>
    Task<IReadOnlyList<EmergencyContact>> ForAsync(EmergencyKind kind, string? area, CancellationToken cancellationToken);

    /// <summary>Null when there is none of this id any more.</summary>
    Task<EmergencyContact?> FindAsync(EmergencyContactId id, CancellationToken cancellationToken);
}

public interface IConversationRepository
{
    /// <summary>Reads a conversation for change, where the caller may see it; the row is locked until the transaction ends.</summary>
    Task<Conversation> GetAsync(ConversationId id, CancellationToken cancellationToken);

    /// <summary>Reads a conversation of the responder's programs for taking it, whoever holds it: the loser of a race must be told that it was one.</summary>
    Task<Conversation> GetForClaimAsync(ConversationId id, CancellationToken cancellationToken);

    /// <summary>Reads a conversation for change on the system's behalf.</summary>
    Task<Conversation> GetForSystemAsync(ConversationId id, CancellationToken cancellationToken);

    /// <summary>Who holds a conversation at this moment, without a lock.</summary>
    Task<UserId?> HolderAsync(ConversationId id, CancellationToken cancellationToken);

    /// <summary>The conversation that waits first in the responder's programs, locked, or null when nobody waits.</summary>
    Task<Conversation?> NextWaitingAsync(UserId responder, ProgramId? program, CancellationToken cancellationToken);

    /// <summary>Whether anybody waits in a program, locked or not.</summary>
    Task<bool> AnyWaitingAsync(ProgramId program, CancellationToken cancellationToken);

    /// <summary>Locks the responder and says how many more conversations they may take.</summary>
    Task<int> FreePlacesAsync(UserId responder, CancellationToken cancellationToken);

    Task SaveAsync(Conversation conversation, CancellationToken cancellationToken);
}

public interface IMessageRepository
{
    /// <summary>What this sender has written before under an id of their own.</summary>
    Task<Message?> FindByClientIdAsync(ConversationId conversation, UserId sender, string clientMessageId, CancellationToken cancellationToken);

    Task<Message> GetAsync(ConversationId conversation, long sequence, CancellationToken cancellationToken);

    /// <summary>Whether the texter has written anything after a message of this number.</summary>
    Task<bool> TexterWroteAfterAsync(ConversationId conversation, long sequence, CancellationToken cancellationToken);

    /// <summary>Whether the stop that came at this moment is the last that the texter has written in a conversation.</summary>
    Task<bool> StopWasLastAsync(ConversationId conversation, DateTimeOffset stoppedAt, CancellationToken cancellationToken);

    /// <summary>Reads a message whose text may no longer open: only its delivery is of interest.</summary>
    Task<Message> GetWithoutContentAsync(ConversationId conversation, long sequence, CancellationToken cancellationToken);

    /// <summary>Stores a message; one that is to go out is put down for delivery in the same transaction.</summary>
    Task AddAsync(Message message, ChannelId channel, CancellationToken cancellationToken);

    /// <summary>Saves how far a message's delivery has come.</summary>
    Task SaveDeliveryAsync(Message message, CancellationToken cancellationToken);
}

public interface ITexterRepository
{
    /// <summary>Since when the texter has stopped messages on a channel; null when they have not.</summary>
    Task<DateTimeOffset?> StoppedAtAsync(TexterId texter, ChannelId channel, CancellationToken cancellationToken);

    Task StopAsync(TexterId texter, ChannelId channel, string source, CancellationToken cancellationToken);

    /// <summary>Carries a stop, or its end, from one channel to the others that it is meant for.</summary>
    Task SpreadStopAsync(TexterId texter, ChannelId channel, OptOutScope scope, CancellationToken cancellationToken);

    /// <summary>Where the texter lives, as far as they have said; null where they have not.</summary>
    Task<string?> TimeZoneAsync(TexterId texter, CancellationToken cancellationToken);

    /// <summary>The address to write to on a channel of this provider: the one that the conversation came from.</summary>
    Task<string> AddressAsync(ConversationId conversation, TexterId texter, Provider provider, CancellationToken cancellationToken);
}
