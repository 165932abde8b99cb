using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody sets a new password with a link of theirs; all of their sessions end.</summary>
[Requires(Permission.Nothing)]
public sealed record ResetPassword(string Token, string Password, Visitor From) : ICommand<PasswordSet>;

/// <param name="Mark">For their browser to keep.</param>
public sealed record PasswordSet(string Mark);

internal sealed class ResetPasswordValidator : AbstractValidator<ResetPassword>
{
    public ResetPasswordValidator()
    {
        RuleFor(command => command.Token).NotEmpty().MaximumLength(200);
        RuleFor(command => command.Password).MustBeAGoodPassword();
    }
}

internal sealed class ResetPasswordHandler(
    IPasswordResets resets, IPasswords passwords, IGuesses guesses, IUnitOfWork work, IUserRepository users, TimeProvider clock)
    : IRequestHandler<ResetPassword, PasswordSet>
{
    public async Task<PasswordSet> Handle(ResetPassword command, CancellationToken cancellationToken)
    {
        // The link first: hashing is for whoever holds one.
        var (id, affiliate) = await resets.TakeAsync(command.Token, cancellationToken) ?? throw Refused();
        await work.EnterAsync(affiliate, cancellationToken);
        using var place = await passwords.EnterAsync(cancellationToken);
        var user = await users.GetForChangeAsync(id, cancellationToken);
        if (user.Status != Status.Active)
        {
            throw Refused();
        }

        command.Password.RequireGoodFor(user, nameof(command.Password));
        user.ChangePassword(clock.GetUtcNow());
        await users.SaveAsync(user, passwords.Hash(command.Password), cancellationToken);
        return new PasswordSet(await guesses.RememberAsync(id, command.From, cancellationToken));
    }

    private static RefusedException Refused() => new("auth.link_over", "This link has been used or has had its time. Ask for another.");
}
