using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>Somebody begins to set up a second factor: a secret for their authenticator app, which counts once they have shown a code of it.</summary>
[Requires(Permission.OwnSignIn)]
public sealed record SetUpSecondFactor : ICommand<NewSecondFactor>;

/// <param name="Secret">For typing in.</param>
/// <param name="OtpauthUri">For an authenticator app to read, as a link or as a QR code.</param>
public sealed record NewSecondFactor(string Secret, string OtpauthUri);

internal sealed class SetUpSecondFactorHandler(ISecondFactors secondFactors, IUserRepository users, ICaller caller)
    : IRequestHandler<SetUpSecondFactor, NewSecondFactor>
{
    public async Task<NewSecondFactor> Handle(SetUpSecondFactor command, CancellationToken cancellationToken)
    {
        var user = await users.GetForChangeAsync(caller.UserId, cancellationToken);
        await secondFactors.RequireNoneAsync(user.Id, cancellationToken);
        var (secret, address) = await secondFactors.SetUpAsync(user.Id, user.Email, cancellationToken);
        return new NewSecondFactor(secret, address);
    }
}

internal static class SecondFactorCodes
{
    public const int Longest = 40;

    public static async Task RequireNoneAsync(this ISecondFactors secondFactors, UserId user, CancellationToken cancellationToken)
    {
        if (await secondFactors.IsEnabledAsync(user, cancellationToken))
        {
            throw new RefusedException("auth.second_factor_enabled", "You have a second factor. Turn it off before you set up another.");
        }
    }

    public static void MustBeACode<T>(this AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, string?>> code) =>
        validator.RuleFor(code).NotEmpty().MaximumLength(Longest);

    public static ValidationException Wrong() => Rules.Invalid("Code", "This is not the code of this moment, or it has been used.");
}
