using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;

namespace Chat.Infrastructure.Security;

/// <summary>Who asks, within one request or one piece of a worker's work. Nobody, until the door has found out.</summary>
public sealed class CurrentCaller : ICaller
{
    private AccessClaims? _claims;
    private KeyClaims? _key;

    public bool IsSignedIn => _claims is not null || _key is not null;

    /// <summary>A partner's program, which is no user: it has no role, no session and no presence.</summary>
    public bool IsProgram => _key is not null;

    public bool IsSystem { get; private set; }

    public bool IsPlatform => _claims is { Affiliate.IsPlatform: true };

    public UserId UserId => _key is { } key ? new(key.KeyId) : Claims.User;

    public AffiliateId AffiliateId => _key?.Affiliate ?? Claims.Affiliate;

    public Role Role => Claims.Role;

    public Guid SessionId => _key?.KeyId ?? Claims.Session;

    public string RequestId { get; set; } = "";

    public IdempotencyKey? IdempotencyKey { get; set; }

    private AccessClaims Claims => _claims ?? throw new InvalidOperationException("Nobody is signed in.");

    public bool OwesSecondFactor { get; private set; }

    public void SignIn(AccessClaims claims, bool owesSecondFactor)
    {
        _claims = claims;
        OwesSecondFactor = owesSecondFactor;
    }

    public void SignIn(KeyClaims key) => _key = key;

    /// <summary>The platform's own work: a provider's call that proved itself, or a worker's.</summary>
    public void BecomeSystem() => IsSystem = true;

    public bool May(Permission permission) =>
        permission == Permission.Nothing
        || (permission == Permission.RunTheSystem
            ? IsSystem
            : _key is { } key ? RolePermissions.Has(key.Scopes, permission)
            : _claims is { } claims && (permission == Permission.OwnSignIn || !OwesSecondFactor)
                && RolePermissions.Has(claims.Role, IsPlatform, permission));
}
