using Chat.Domain.Common;
using Chat.Domain.Users;

namespace Chat.Application.Ports;

/// <summary>What is known of an address before it is known whose it is.</summary>
public sealed record SignInAccount(UserId UserId, AffiliateId AffiliateId, string PasswordHash);

/// <summary>Who may sign in, by e-mail address.</summary>
public interface ISignIns
{
    Task<SignInAccount?> FindAsync(string email, CancellationToken cancellationToken);

    Task<SignInAccount?> FindAsync(UserId user, CancellationToken cancellationToken);
}

/// <summary>Passwords, hashed at today's cost. Hashing is bounded, so that a storm of log-ins cannot starve the texters' webhooks.</summary>
public interface IPasswords
{
    /// <summary>Waits for one of the few places in which passwords are hashed; throws Busy when too many wait already.</summary>
    Task<IDisposable> EnterAsync(CancellationToken cancellationToken);

    string Hash(string password);

    /// <summary>Compares in the same time whether or not there is a hash to compare with.</summary>
    bool Verify(string password, string? hash);
}

/// <summary>Signed-in sessions and the refresh tokens that carry them on.</summary>
public interface ISessions
{
    Task<OpenedSession> StartAsync(UserId user, AffiliateId affiliate, CancellationToken cancellationToken);

    /// <summary>Exchanges a refresh token for the next. Null when it is unknown, expired or revoked; a token that comes back after its exchange ends the session.</summary>
    Task<OpenedSession?> RotateAsync(string refreshToken, CancellationToken cancellationToken);

    Task RevokeAsync(Guid session, CancellationToken cancellationToken);

    Task RevokeAllAsync(UserId user, CancellationToken cancellationToken);
}

public sealed record OpenedSession(Guid Id, UserId UserId, AffiliateId AffiliateId, string RefreshToken);

public interface IAccessTokens
{
    /// <summary>How long an access token is good for.</summary>
    TimeSpan Lifetime { get; }

    string Issue(UserId user, AffiliateId affiliate, Role role, Guid session);
}
