using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;

namespace Chat.Infrastructure.Security;

/// <summary>Who asks, within one request or one piece of a worker's work. Nobody, until the door has found out.</summary>
public sealed class CurrentCaller : ICaller
{
    private AccessClaims? _claims;

    public bool IsSignedIn => _claims is not null;

    public bool IsSystem { get; private set; }

    public bool IsPlatform => _claims is { Affiliate.IsPlatform: true };

    public UserId UserId => Claims.User;

    public AffiliateId AffiliateId => Claims.Affiliate;

    public Role Role => Claims.Role;

    public Guid SessionId => Claims.Session;

    public string RequestId { get; set; } = "";

    public IdempotencyKey? IdempotencyKey { get; set; }

    private AccessClaims Claims => _claims ?? throw new InvalidOperationException("Nobody is signed in.");

    public bool OwesSecondFactor { get; private set; }

    public void SignIn(AccessClaims claims, bool owesSecondFactor)
    {
        _claims = claims;
        OwesSecondFactor = owesSecondFactor;
    }

    /// <summary>The platform's own work: a provider's call that proved itself, or a worker's.</summary>
    public void BecomeSystem() => IsSystem = true;

    public bool May(Permission permission) =>
        permission == Permission.Nothing
        || (permission == Permission.RunTheSystem
            ? IsSystem
            : _claims is { } claims && (permission == Permission.OwnSignIn || !OwesSecondFactor)
                && RolePermissions.Has(claims.Role, IsPlatform, permission));
}
