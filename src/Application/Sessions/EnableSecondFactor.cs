using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>
/// Somebody shows that their app has the secret: from here on a code is asked for, and their other sessions end. Who signed in a while ago
/// gives their password too, so that whoever finds a desk left open cannot lock its owner out.
/// </summary>
[Requires(Permission.OwnSignIn)]
public sealed record EnableSecondFactor(string Code, string? Password) : ICommand<RecoveryCodes>;

/// <param name="Codes">Each signs in once in place of the app's code. They are shown here and never again.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

internal sealed class EnableSecondFactorValidator : AbstractValidator<EnableSecondFactor>
{
    public EnableSecondFactorValidator()
    {
        this.MustBeACode(command => command.Code);
        RuleFor(command => command.Password!).MustFitAHash().When(command => command.Password is not null);
    }
}

internal sealed class EnableSecondFactorHandler(
    ISecondFactors secondFactors, ISignIns signIns, IGuesses guesses, IPasswords passwords, ISessions sessions, IUserRepository users, ICaller caller)
    : IRequestHandler<EnableSecondFactor, RecoveryCodes>
{
    public async Task<RecoveryCodes> Handle(EnableSecondFactor command, CancellationToken cancellationToken)
    {
        var guess = await guesses.BeginAsync(caller.UserId, cancellationToken);
        await RequireOwnerAsync(command.Password, guess, cancellationToken);
        var user = await users.GetForChangeAsync(caller.UserId, cancellationToken);
        await secondFactors.RequireNoneAsync(user.Id, cancellationToken);
        var codes = await secondFactors.EnableAsync(user.Id, command.Code.Trim(), cancellationToken) ?? throw SecondFactorCodes.Wrong();
        await sessions.RevokeAllAsync(user.Id, cancellationToken, keep: caller.SessionId);
        sessions.Reconsider(caller.SessionId);
        await guess.TakeBackAsync();
        return new RecoveryCodes(codes);
    }

    private async Task RequireOwnerAsync(string? password, IGuess guess, CancellationToken cancellationToken)
    {
        if (password is null)
        {
            if (!await sessions.IsFreshAsync(caller.SessionId, cancellationToken))
            {
                await guess.TakeBackAsync();
                throw new RefusedException("auth.password_required", "You signed in a while ago: give your password too.");
            }

            return;
        }

        using var place = await passwords.EnterAsync(guess, cancellationToken);
        var account = await signIns.FindAsync(caller.UserId, cancellationToken);
        if (!passwords.Verify(password, account?.PasswordHash))
        {
            throw Rules.Invalid(nameof(EnableSecondFactor.Password), "This is not your password.");
        }
    }
}
