using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Users;
using FluentValidation;

namespace Chat.Application.Users;

/// <summary>What an admin fills in for somebody who signs in.</summary>
public interface IUserForm
{
    string Email { get; }

    string Name { get; }

    string? Role { get; }

    IReadOnlyList<Guid>? ProgramIds { get; }

    string? Status { get; }

    int? MaxConcurrent { get; }
}

internal static class UserForm
{
    private const int MostPrograms = 200;

    public static void MustDescribeAUser<T>(this AbstractValidator<T> validator)
        where T : IUserForm
    {
        validator.RuleFor(form => form.Email).NotEmpty().MustBeAnEmailAddress();
        validator.RuleFor(form => form.Name).MustBeAName();
        validator.RuleFor(form => form.Role).MustBeOneOf(Wire.All<Role>());
        validator.RuleFor(form => form.ProgramIds)
            .Must(programs => programs is null || programs.Count <= MostPrograms).WithMessage($"At most {MostPrograms} programs.")
            .Must(programs => programs is null || programs.Distinct().Count() == programs.Count).WithMessage("Name each program once.");
        validator.RuleFor(form => form.Status).MustBeOneOf(Wire.All<Status>());
        validator.RuleFor(form => form.MaxConcurrent).InclusiveBetween(1, 50);
    }

    /// <summary>Who runs the installation is an admin: there is nothing else to do without an affiliate.</summary>
    public static void RequireAdminOnPlatform(AffiliateId affiliate, Role role)
    {
        if (affiliate.IsPlatform && role != Domain.Users.Role.Admin)
        {
            throw Rules.Invalid(
                nameof(IUserForm.Role), "A user without an affiliate is a platform admin: the role must be admin. Or say which affiliate.");
        }
    }

    /// <summary>Hashes before the first query, so that whoever waits for a place holds no connection.</summary>
    public static async Task<string> HashInTurnAsync(this IPasswords passwords, string password, CancellationToken cancellationToken)
    {
        using var place = await passwords.EnterAsync(cancellationToken);
        return passwords.Hash(password);
    }
}
