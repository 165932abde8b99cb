using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody shows that their app has the secret: from here on a code is asked for, and their other sessions end.</summary>
[Requires(Permission.OwnSignIn)]
public sealed record EnableSecondFactor(string Code) : ICommand<RecoveryCodes>;

/// <param name="Codes">Each signs in once in place of the app's code. They are shown here and never again.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);

internal sealed class EnableSecondFactorValidator : AbstractValidator<EnableSecondFactor>
{
    public EnableSecondFactorValidator() => this.MustBeACode(command => command.Code);
}

internal sealed class EnableSecondFactorHandler(
    ISecondFactors secondFactors, IGuesses guesses, ISessions sessions, IUserRepository users, ICaller caller)
    : IRequestHandler<EnableSecondFactor, RecoveryCodes>
{
    public async Task<RecoveryCodes> Handle(EnableSecondFactor command, CancellationToken cancellationToken)
    {
        var guess = await guesses.BeginAsync(caller.UserId, cancellationToken);
        var user = await users.GetForChangeAsync(caller.UserId, cancellationToken);
        await secondFactors.RequireNoneAsync(user.Id, cancellationToken);
        var codes = await secondFactors.EnableAsync(user.Id, command.Code.Trim(), cancellationToken) ?? throw SecondFactorCodes.Wrong();
        await sessions.RevokeAllAsync(user.Id, cancellationToken, keep: caller.SessionId);
        sessions.Reconsider(caller.SessionId);
        await guess.TakeBackAsync();
        return new RecoveryCodes(codes);
    }
}
