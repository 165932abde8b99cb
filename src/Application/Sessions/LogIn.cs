using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using FluentValidation;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody signs in with e-mail address and password.</summary>
[Requires(Permission.Nothing)]
public sealed record LogIn(string Email, string Password) : IUseCase<SessionView>;

internal sealed class LogInValidator : AbstractValidator<LogIn>
{
    public LogInValidator()
    {
        RuleFor(command => command.Email).NotEmpty().MaximumLength(320);
        RuleFor(command => command.Password).NotEmpty().MaximumLength(1024);
    }
}

internal sealed class LogInHandler(ISignIns signIns, IPasswords passwords, ISessions sessions, SessionOpening opening, IUnitOfWork work, IUserRepository users)
    : IRequestHandler<LogIn, SessionView>
{
    public async Task<SessionView> Handle(LogIn command, CancellationToken cancellationToken)
    {
        // The place is taken before the first query, so that whoever waits for it holds no connection.
        using var place = await passwords.EnterAsync(cancellationToken);
        var account = await signIns.FindAsync(command.Email, cancellationToken);
        if (!passwords.Verify(command.Password, account?.PasswordHash) || account is null)
        {
            throw Refused();
        }

        await work.EnterAsync(account.AffiliateId, cancellationToken);
        var user = await users.GetAsync(account.UserId, cancellationToken);
        if (user.Status != Status.Active || !await opening.IsOpenAsync(account.AffiliateId, cancellationToken))
        {
            throw Refused();
        }

        var session = await sessions.StartAsync(account.UserId, account.AffiliateId, cancellationToken);
        return await opening.ShowAsync(session, user, cancellationToken);
    }

    // One answer for every reason: who asks must not learn which addresses exist.
    private static UnauthenticatedException Refused() => new("auth.invalid_credentials", "The e-mail address or the password is wrong.");
}

/// <summary>What signing in and refreshing have in common: whether the affiliate is open, and what the caller gets.</summary>
internal sealed class SessionOpening(IAccessTokens tokens, IAffiliateRepository affiliates)
{
    public async Task<bool> IsOpenAsync(AffiliateId affiliate, CancellationToken cancellationToken) =>
        affiliate.IsPlatform || (await affiliates.GetAsync(affiliate, cancellationToken)).Status == Status.Active;

    public async Task<SessionView> ShowAsync(OpenedSession session, User user, CancellationToken cancellationToken) =>
        new(
            tokens.Issue(user.Id, session.AffiliateId, user.Role, session.Id), (int)tokens.Lifetime.TotalSeconds, session.RefreshToken,
            await ShowAsync(user, session.AffiliateId, cancellationToken));

    public async Task<MeView> ShowAsync(User user, AffiliateId affiliate, CancellationToken cancellationToken) =>
        new(
            user.Id.Value, user.Email, user.Name, user.Role.Name(), affiliate.IsPlatform ? null : affiliate.Value,
            affiliate.IsPlatform ? null : (await affiliates.GetAsync(affiliate, cancellationToken)).Name, user.ProgramIds, user.MaxConcurrent, user.Status.Name());
}
