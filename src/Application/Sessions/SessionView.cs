namespace Chat.Application.Sessions;

/// <summary>What a sign-in or a refresh gives.</summary>
/// <param name="ExpiresIn">Seconds for which the access token is good.</param>
/// <param name="RefreshToken">Null where it went into a cookie.</param>
public sealed record SessionView(string AccessToken, int ExpiresIn, string? RefreshToken, MeView User);

/// <summary>Who is signed in.</summary>
/// <param name="SecondFactor">Whether a code is asked for when they sign in.</param>
/// <param name="MustSetUpSecondFactor">They have to have a second factor and have none: until they do, nothing else is open to them.</param>
public sealed record MeView(
    Guid Id, string Email, string Name, string Role, Guid? AffiliateId, string? AffiliateName, IReadOnlyList<Guid> ProgramIds,
    int MaxConcurrent, string Status, bool SecondFactor, bool MustSetUpSecondFactor);
