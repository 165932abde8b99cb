using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Users;

namespace Chat.Application.Ports;

/// <summary>Who asks: a person who is signed in, the platform itself, or nobody yet.</summary>
public interface ICaller
{
    bool IsSignedIn { get; }

    /// <summary>The platform's own workers.</summary>
    bool IsSystem { get; }

    /// <summary>An admin of the installation, who belongs to no affiliate.</summary>
    bool IsPlatform { get; }

    /// <summary>Signed in, but for nothing except to set up the second factor that their role has to have.</summary>
    bool OwesSecondFactor { get; }

    /// <summary>Who it is on the record; for a partner's program its key.</summary>
    UserId UserId { get; }

    AffiliateId AffiliateId { get; }

    Role Role { get; }

    Guid SessionId { get; }

    /// <summary>The trace of the request, to find an audit entry's log lines.</summary>
    string RequestId { get; }

    /// <summary>The route and the caller's key, where the request carried one.</summary>
    IdempotencyKey? IdempotencyKey { get; }

    bool May(Permission permission);
}

/// <summary>A caller's own name for one request to one route.</summary>
public sealed record IdempotencyKey(string Route, string Key);
