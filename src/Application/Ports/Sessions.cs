using Chat.Domain.Common;
using Chat.Domain.Users;

namespace Chat.Application.Ports;

/// <summary>What is known of an address before it is known whose it is.</summary>
/// <param name="SecondFactor">Whether a code is asked for beside the password.</param>
public sealed record SignInAccount(UserId UserId, AffiliateId AffiliateId, string PasswordHash, bool SecondFactor);

/// <summary>Who may sign in, by e-mail address.</summary>
public interface ISignIns
{
    Task<SignInAccount?> FindAsync(string email, CancellationToken cancellationToken);

    Task<SignInAccount?> FindAsync(UserId user, CancellationToken cancellationToken);
}

/// <summary>
/// Who has signed in, and who was taken for whom: in the log, and in the audit trail of whoever there is. A failure is put there apart
/// from the request, so that the time an answer takes does not tell whether there is such an account.
/// </summary>
public interface ISignInRecord
{
    Task SucceededAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Null: nobody signs in with the address. More than can wait are only in the log.</summary>
    void Failed(SignInAccount? account);
}

/// <summary>Where somebody signs in from.</summary>
/// <param name="Address">The network address, as far as it identifies anybody.</param>
/// <param name="Mark">What an earlier sign-in has left in this browser.</param>
/// <param name="Device">The family of browser and system; null for a program.</param>
public sealed record Visitor(string Address, string? Mark = null, string? Device = null);

/// <summary>
/// Bounds how often passwords and codes are guessed at. Failures count, and nothing else does; those from places where an account's owner
/// has signed in before are counted apart from strangers', so that no stranger shuts an owner out.
/// </summary>
public interface IGuesses
{
    /// <summary>Counts an attempt at an account, whether or not there is one; throws Busy when there have been too many.</summary>
    Task<IGuess> BeginAsync(string email, Visitor visitor, CancellationToken cancellationToken);

    /// <summary>Counts an attempt by somebody who is signed in already.</summary>
    Task<IGuess> BeginAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Counts a wish for a mail to an account; throws Busy when there have been too many.</summary>
    Task CountMailAsync(string email, Visitor visitor, CancellationToken cancellationToken);

    /// <summary>Remembers that a user has signed in from here. Answers the mark for their browser to keep.</summary>
    Task<string> RememberAsync(UserId user, Visitor visitor, CancellationToken cancellationToken);
}

public interface IGuess
{
    /// <summary>It was no guess: the attempt does not count.</summary>
    Task TakeBackAsync();
}

/// <summary>Second factors: codes of an authenticator app (RFC 6238), and recovery codes for when it is lost.</summary>
public interface ISecondFactors
{
    /// <summary>Whether this role has to have one.</summary>
    bool IsDemandedOf(Role role);

    Task<bool> IsEnabledAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Makes a secret, in place of one that was not enabled, and answers it and the address that apps read it from.</summary>
    Task<(string Secret, string Address)> SetUpAsync(UserId user, string email, CancellationToken cancellationToken);

    /// <summary>From here on codes are asked for. Answers the recovery codes, which are not to be had again; null when the code is wrong.</summary>
    Task<IReadOnlyList<string>?> EnableAsync(UserId user, string code, CancellationToken cancellationToken);

    /// <summary>Whether a code of the app or a recovery code is right. Either works once.</summary>
    Task<bool> AcceptAsync(UserId user, string code, CancellationToken cancellationToken);

    Task RemoveAsync(UserId user, CancellationToken cancellationToken);
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

/// <summary>Links that set a new password, each once.</summary>
public interface IPasswordResets
{
    /// <summary>Makes one in place of those that the user has, and answers where it leads.</summary>
    Task<PasswordLink> MakeAsync(UserId user, AffiliateId affiliate, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Whose token this is; from here on it is nobody's. Null when it is unknown or has had its time.</summary>
    Task<(UserId User, AffiliateId Affiliate)?> TakeAsync(string token, CancellationToken cancellationToken);
}

/// <param name="Link">Opens the web app where the new password is set.</param>
public sealed record PasswordLink(Uri Link, DateTimeOffset ExpiresAt);

/// <summary>Signed-in sessions and the refresh tokens that carry them on.</summary>
public interface ISessions
{
    Task<OpenedSession> StartAsync(UserId user, AffiliateId affiliate, string? device, CancellationToken cancellationToken);

    /// <summary>Exchanges a refresh token for the next. Null when it is unknown, expired or revoked; a token that comes back after its exchange ends the session.</summary>
    Task<OpenedSession?> RotateAsync(string refreshToken, CancellationToken cancellationToken);

    /// <summary>Whether its owner signed in a few minutes ago; to carry a session on is not to sign in.</summary>
    Task<bool> IsFreshAsync(Guid session, CancellationToken cancellationToken);

    Task RevokeAsync(Guid session, CancellationToken cancellationToken);

    /// <summary>Ends a session if it is this user's; answers whether it was.</summary>
    Task<bool> RevokeAsync(Guid session, UserId owner, CancellationToken cancellationToken);

    /// <summary>Ends all that lets a user in: sessions, but for the one to keep, and links for a new password.</summary>
    Task RevokeAllAsync(UserId user, CancellationToken cancellationToken, Guid? keep = null);

    /// <summary>Has every instance look anew at what a session may, as soon as the transaction is through.</summary>
    void Reconsider(Guid session);
}

public sealed record OpenedSession(Guid Id, UserId UserId, AffiliateId AffiliateId, string RefreshToken);

public interface IAccessTokens
{
    /// <summary>How long an access token is good for.</summary>
    TimeSpan Lifetime { get; }

    string Issue(UserId user, AffiliateId affiliate, Role role, Guid session);
}
