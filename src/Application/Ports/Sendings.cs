using Chat.Domain.Common;

namespace Chat.Application.Ports;

public enum SendingWay
{
    Email,
    Text,
    Webhook,
}

public enum SendingStatus
{
    Waiting,
    Sent,
    Failed,
}

/// <summary>Something that goes out by another way than the desk, to a user or to an emergency contact.</summary>
/// <param name="AboutId">An escalation or a user, as its kind has it.</param>
/// <param name="Body">What a webhook is told, the same with every attempt.</param>
/// <param name="Attempts">How often it has been tried.</param>
public sealed record Sending(
    Guid Id, SendingWay Via, NotificationKind Kind, UserId? UserId, EmergencyContactId? ContactId, ConversationId? ConversationId, Guid? AboutId,
    string? Body, int Attempts, DateTimeOffset CreatedAt);

/// <summary>What may be said about it outside: our own words and numbers, none of a texter's.</summary>
public sealed record SendingSubject(string? ProgramName, string? EscalationType, string? Urgency, string? ReferenceNumber);

public interface ISendings
{
    /// <summary>Puts it down together with the job that sends it.</summary>
    Task AddAsync(Sending sending, CancellationToken cancellationToken);

    /// <summary>Reads what is yet to go out, locked; null when it has gone, has failed, or is not kept any more.</summary>
    Task<Sending?> FindWaitingAsync(Guid id, CancellationToken cancellationToken);

    Task<SendingSubject> SubjectAsync(Sending sending, CancellationToken cancellationToken);

    /// <summary>Notes what has become of an attempt.</summary>
    Task SaveAsync(Guid id, SendingStatus status, int attempts, string? code, DateTimeOffset now, CancellationToken cancellationToken);
}
