using System.Text;
using Chat.Application.Common;
using Chat.Domain.Users;
using FluentValidation;

namespace Chat.Application.Sessions;

internal static class PasswordRules
{
    /// <summary>A new password; how good it is beside an address is asked where the address is known.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeAGoodPassword<T>(this IRuleBuilder<T, string?> rule, Func<T, string?>? email = null) =>
        rule.NotEmpty()
            .Must((form, password, context) =>
            {
                var fault = string.IsNullOrEmpty(password) ? null : PasswordStrength.Fault(password, email?.Invoke(form));
                context.MessageFormatter.AppendArgument("Fault", fault);
                return fault is null;
            })
            .WithMessage("{Fault}");

    /// <summary>A password as it is typed in: bounded before it is hashed, and nothing else, for it may be older than today's rules.</summary>
    public static IRuleBuilderOptions<T, string?> MustFitAHash<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(password => password is null || Encoding.UTF8.GetByteCount(password) <= PasswordStrength.MostBytes)
            .WithMessage($"At most {PasswordStrength.MostBytes} bytes.");

    /// <summary>The same rules, once the address is known.</summary>
    public static void RequireGoodFor(this string password, User user, string property)
    {
        if (PasswordStrength.Fault(password, user.Email) is { } fault)
        {
            throw Rules.Invalid(property, fault);
        }
    }
}
