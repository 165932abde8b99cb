using Chat.Application.Texters;
using Chat.Domain.Common;

namespace Chat.Application.Ports;

/// <summary>What is kept of a texter beyond their conversations.</summary>
public interface ITexterFiles
{
    /// <summary>Locks the texter until the transaction ends; throws NotFound where the caller may see none of their conversations.</summary>
    Task RequireSeenAsync(TexterId texter, CancellationToken cancellationToken);

    Task SetPlanAsync(TexterId texter, string? plan, UserId by, DateTimeOffset now, CancellationToken cancellationToken);

    Task SetTimeZoneAsync(TexterId texter, string? timeZone, CancellationToken cancellationToken);

    Task AddNoteAsync(TexterId texter, string content, UserId author, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The block that has been asked for and not ended; null when there is none.</summary>
    Task<TexterBlock?> BlockAsync(TexterId texter, CancellationToken cancellationToken);

    Task AskForBlockAsync(TexterId texter, string reason, DateTimeOffset? until, UserId by, DateTimeOffset now, CancellationToken cancellationToken);

    Task ApproveBlockAsync(TexterId texter, UserId by, DateTimeOffset now, CancellationToken cancellationToken);

    Task EndBlockAsync(TexterId texter, UserId by, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives everything of the other's to this texter.</summary>
    Task JoinAsync(TexterId texter, TexterId other, UserId by, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Makes a texter of one of the addresses, with what came from it, and answers the new texter.</summary>
    Task<TexterId> SeparateAsync(TexterId texter, Guid address, DateTimeOffset now, CancellationToken cancellationToken);
}

public sealed record TexterBlock(UserId AskedBy, DateTimeOffset? Until, DateTimeOffset? ApprovedAt)
{
    public bool IsOver(DateTimeOffset now) => Until <= now;
}

/// <summary>Shows a texter to the caller, inside the transaction that has just changed them.</summary>
public interface ITexterViews
{
    Task<TexterView> ShowAsync(TexterId texter, CancellationToken cancellationToken);
}

public interface ILegalHolds
{
    /// <summary>Throws NotFound where the affiliate has no such conversation.</summary>
    Task HoldAsync(ConversationId conversation, string reason, UserId by, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Throws NotFound where the affiliate has no such conversation.</summary>
    Task ReleaseAsync(ConversationId conversation, CancellationToken cancellationToken);
}
