using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody changes their own password; every session of theirs ends.</summary>
[Requires(Permission.OwnSignIn)]
public sealed record ChangePassword(string CurrentPassword, string NewPassword) : ICommand<Done>;

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator()
    {
        RuleFor(command => command.CurrentPassword).NotEmpty().MustFitAHash();
        RuleFor(command => command.NewPassword).MustBeAGoodPassword();
    }
}

internal sealed class ChangePasswordHandler(
    ISignIns signIns, IGuesses guesses, IPasswords passwords, IUserRepository users, ICaller caller, TimeProvider clock)
    : IRequestHandler<ChangePassword, Done>
{
    public async Task<Done> Handle(ChangePassword command, CancellationToken cancellationToken)
    {
        var guess = await guesses.BeginAsync(caller.UserId, cancellationToken);
        using var place = await passwords.EnterAsync(guess, cancellationToken);
        var account = await signIns.FindAsync(caller.UserId, cancellationToken);
        if (!passwords.Verify(command.CurrentPassword, account?.PasswordHash))
        {
            throw Rules.Invalid(nameof(command.CurrentPassword), "This is not your password.");
        }

        await guess.TakeBackAsync();
        var user = await users.GetForChangeAsync(caller.UserId, cancellationToken);
        command.NewPassword.RequireGoodFor(user, nameof(command.NewPassword));
        user.ChangePassword(clock.GetUtcNow());
        await users.SaveAsync(user, passwords.Hash(command.NewPassword), cancellationToken);
        return default;
    }
}
