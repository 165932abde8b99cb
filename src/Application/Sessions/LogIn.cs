using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using FluentValidation;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody signs in with e-mail address and password, and the code of their second factor where they have one.</summary>
[Requires(Permission.Nothing)]
public sealed record LogIn(string Email, string Password, string? Code, Visitor From) : IUseCase<LoggedIn>;

/// <param name="Mark">For their browser to keep: guesses from where it is shown are counted apart from strangers'.</param>
public sealed record LoggedIn(SessionView Session, string Mark);

internal sealed class LogInValidator : AbstractValidator<LogIn>
{
    public LogInValidator()
    {
        RuleFor(command => command.Email).NotEmpty().MaximumLength(320);
        RuleFor(command => command.Password).NotEmpty().MustFitAHash();
        RuleFor(command => command.Code).MaximumLength(SecondFactorCodes.Longest);
    }
}

internal sealed class LogInHandler(
    ISignIns signIns, IGuesses guesses, IPasswords passwords, ISecondFactors secondFactors, ISessions sessions, SessionOpening opening,
    IUnitOfWork work, IUserRepository users, ISignInRecord record)
    : IRequestHandler<LogIn, LoggedIn>
{
    public async Task<LoggedIn> Handle(LogIn command, CancellationToken cancellationToken)
    {
        var guess = await guesses.BeginAsync(command.Email, command.From, cancellationToken);
        using var place = await passwords.EnterAsync(guess, cancellationToken);
        var account = await signIns.FindAsync(command.Email, cancellationToken);
        if (!passwords.Verify(command.Password, account?.PasswordHash) || account is null)
        {
            throw Refused(command, account);
        }

        await work.EnterAsync(account.AffiliateId, cancellationToken);

        // Whoever changes the password or turns a second factor on holds the user, and ends what sessions there are. So what was looked at
        // before is looked at again: a session that begins now must not be one that has just been ended.
        var user = await users.GetForChangeAsync(account.UserId, cancellationToken);
        if (await signIns.FindAsync(account.UserId, cancellationToken) != account || user.Status != Status.Active || !await opening.IsOpenAsync(account.AffiliateId, cancellationToken))
        {
            throw Refused(command, account);
        }

        if (account.SecondFactor && command.Code.Trimmed() is null)
        {
            await guess.TakeBackAsync();
            throw new UnauthenticatedException("auth.code_required", "Enter the code of your second factor.");
        }

        if (account.SecondFactor && !await secondFactors.AcceptAsync(account.UserId, command.Code!, cancellationToken))
        {
            throw Refused(command, account);
        }

        var session = await sessions.StartAsync(account.UserId, account.AffiliateId, command.From.Device, cancellationToken);
        var mark = await guesses.RememberAsync(account.UserId, command.From, cancellationToken);
        var view = await opening.ShowAsync(session, user, cancellationToken);
        await record.SucceededAsync(user.Id, cancellationToken);
        await guess.TakeBackAsync();
        return new LoggedIn(view, mark);
    }

    // One answer for every reason: who asks must not learn which addresses exist, nor which of the three was wrong.
    private UnauthenticatedException Refused(LogIn command, SignInAccount? account)
    {
        record.Failed(account);
        return new UnauthenticatedException(
            "auth.invalid_credentials",
            command.Code.Trimmed() is null ? "The e-mail address or the password is wrong." : "The e-mail address, the password or the code is wrong.");
    }
}

internal static class PlacesToHash
{
    /// <summary>
    /// Waits for a place before the first query of its own, so that whoever waits holds no connection. What never gets there was not
    /// looked at, and does not count.
    /// </summary>
    public static async Task<IDisposable> EnterAsync(this IPasswords passwords, IGuess guess, CancellationToken cancellationToken)
    {
        try
        {
            return await passwords.EnterAsync(cancellationToken);
        }
        catch (Exception notLookedAt) when (notLookedAt is BusyException or OperationCanceledException)
        {
            await guess.TakeBackAsync();
            throw;
        }
    }
}

/// <summary>What signing in and refreshing have in common: whether the affiliate is open, and what the caller gets.</summary>
internal sealed class SessionOpening(IAccessTokens tokens, IAffiliateRepository affiliates, ISecondFactors secondFactors)
{
    public async Task<bool> IsOpenAsync(AffiliateId affiliate, CancellationToken cancellationToken) =>
        affiliate.IsPlatform || (await affiliates.GetAsync(affiliate, cancellationToken)).Status == Status.Active;

    public async Task<SessionView> ShowAsync(OpenedSession session, User user, CancellationToken cancellationToken) =>
        new(
            tokens.Issue(user.Id, session.AffiliateId, user.Role, session.Id), (int)tokens.Lifetime.TotalSeconds, session.RefreshToken,
            await ShowAsync(user, session.AffiliateId, cancellationToken));

    public async Task<MeView> ShowAsync(User user, AffiliateId affiliate, CancellationToken cancellationToken)
    {
        var name = affiliate.IsPlatform ? null : (await affiliates.GetAsync(affiliate, cancellationToken)).Name;
        var secondFactor = await secondFactors.IsEnabledAsync(user.Id, cancellationToken);
        return new MeView(
            user.Id.Value, user.Email, user.Name, user.Role.Name(), affiliate.IsPlatform ? null : affiliate.Value, name, user.ProgramIds,
            user.MaxConcurrent, user.Status.Name(), secondFactor, !secondFactor && secondFactors.IsDemandedOf(user.Role));
    }
}
