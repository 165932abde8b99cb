using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody changes their own password; every session of theirs ends.</summary>
[Requires(Permission.SignedIn)]
public sealed record ChangePassword(string CurrentPassword, string NewPassword) : ICommand<Done>;

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator()
    {
        RuleFor(command => command.CurrentPassword).NotEmpty().MaximumLength(1024);
        RuleFor(command => command.NewPassword).MustBeAGoodPassword();
    }
}

internal sealed class ChangePasswordHandler(
    ISignIns signIns, IPasswords passwords, IUserRepository users, ICaller caller, TimeProvider clock)
    : IRequestHandler<ChangePassword, Done>
{
    public async Task<Done> Handle(ChangePassword command, CancellationToken cancellationToken)
    {
        using var place = await passwords.EnterAsync(cancellationToken);
        var account = await signIns.FindAsync(caller.UserId, cancellationToken);
        if (!passwords.Verify(command.CurrentPassword, account?.PasswordHash))
        {
            throw new ValidationException([new ValidationFailure(nameof(command.CurrentPassword), "This is not your password.")]);
        }

        var user = await users.GetForChangeAsync(caller.UserId, cancellationToken);
        user.ChangePassword(clock.GetUtcNow());
        await users.SaveAsync(user, passwords.Hash(command.NewPassword), cancellationToken);
        return default;
    }
}

internal static class PasswordRules
{
    public const int Shortest = 12;

    /// <summary>Length is what counts (NIST SP 800-63B): no rule about kinds of characters.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeAGoodPassword<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().MinimumLength(Shortest).MaximumLength(1024)
            .Must(password => password is null || password.Distinct().Count() > 3).WithMessage("Use more than three different characters.");
}
