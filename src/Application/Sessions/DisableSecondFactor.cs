using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody turns their second factor off, with both factors; their other sessions end.</summary>
[Requires(Permission.OwnSignIn)]
public sealed record DisableSecondFactor(string Password, string Code) : ICommand<Done>;

internal sealed class DisableSecondFactorValidator : AbstractValidator<DisableSecondFactor>
{
    public DisableSecondFactorValidator()
    {
        RuleFor(command => command.Password).NotEmpty().MustFitAHash();
        this.MustBeACode(command => command.Code);
    }
}

internal sealed class DisableSecondFactorHandler(
    ISecondFactors secondFactors, ISignIns signIns, IGuesses guesses, IPasswords passwords, ISessions sessions, IUserRepository users,
    ICaller caller)
    : IRequestHandler<DisableSecondFactor, Done>
{
    public async Task<Done> Handle(DisableSecondFactor command, CancellationToken cancellationToken)
    {
        var guess = await guesses.BeginAsync(caller.UserId, cancellationToken);
        using var place = await passwords.EnterAsync(guess, cancellationToken);
        var user = await users.GetForChangeAsync(caller.UserId, cancellationToken);
        if (!await secondFactors.IsEnabledAsync(user.Id, cancellationToken))
        {
            await guess.TakeBackAsync();
            throw new RefusedException("auth.second_factor_missing", "You have no second factor.");
        }

        var account = await signIns.FindAsync(user.Id, cancellationToken);
        if (!passwords.Verify(command.Password, account?.PasswordHash)
            || !await secondFactors.AcceptAsync(user.Id, command.Code, cancellationToken))
        {
            throw Rules.Invalid(nameof(command.Code), "The password or the code is wrong.");
        }

        await secondFactors.RemoveAsync(user.Id, cancellationToken);
        await sessions.RevokeAllAsync(user.Id, cancellationToken, keep: caller.SessionId);
        sessions.Reconsider(caller.SessionId);
        await guess.TakeBackAsync();
        return default;
    }
}
