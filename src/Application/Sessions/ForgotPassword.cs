using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody cannot sign in and asks for a link that sets a new password.</summary>
[Requires(Permission.Nothing)]
public sealed record ForgotPassword(string Email, Visitor From) : IUseCase<Done>;

internal sealed class ForgotPasswordValidator : AbstractValidator<ForgotPassword>
{
    public ForgotPasswordValidator() => RuleFor(command => command.Email).NotEmpty().MaximumLength(320);
}

internal sealed class ForgotPasswordHandler(IGuesses guesses, IPasswordMails mails) : IRequestHandler<ForgotPassword, Done>
{
    public async Task<Done> Handle(ForgotPassword command, CancellationToken cancellationToken)
    {
        await guesses.CountMailAsync(command.Email, command.From, cancellationToken);
        mails.Wish(command.Email, PasswordMailReason.Forgotten);
        return default;
    }
}
