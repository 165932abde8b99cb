using System.Security.Cryptography;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Sessions;
using Chat.Domain.Common;
using Chat.Domain.Users;
using FluentValidation;
using MediatR;

namespace Chat.Application.Users;

/// <summary>
/// An admin gives somebody an account; a platform admin who names no affiliate makes a platform admin. Without a password they are
/// invited by mail to choose one.
/// </summary>
[Requires(Permission.ManageAffiliate)]
public sealed record CreateUser(
    Guid? AffiliateId, string Email, string Name, string? Password, string? Role, IReadOnlyList<Guid>? ProgramIds, string? Status,
    int? MaxConcurrent)
    : ICommand<UserView>, IOnce, IInAffiliate, IUserForm;

internal sealed class CreateUserValidator : AbstractValidator<CreateUser>
{
    public CreateUserValidator(IPasswordMails mails)
    {
        this.MustDescribeAUser();
        RuleFor(command => command.Role).NotEmpty().WithMessage($"One of {string.Join(", ", Wire.All<Role>())}.");
        RuleFor(command => command.Password).MustBeAGoodPassword(command => command.Email)
            .When(command => command.Password is not null || !mails.CanBeSent);
    }
}

internal sealed class CreateUserHandler(
    IUserRepository users, IAffiliateRepository affiliates, IUserViews views, IPasswords passwords, IPasswordMails mails, IUnitOfWork work,
    TimeProvider clock)
    : IRequestHandler<CreateUser, UserView>
{
    public async Task<UserView> Handle(CreateUser command, CancellationToken cancellationToken)
    {
        var role = Wire.Value<Role>(command.Role!);
        if (command.AffiliateId is null)
        {
            UserForm.RequireAdminOnPlatform(work.Affiliate, role);
        }

        // Who is invited chooses a password: until then the account has one that nobody knows.
        var passwordHash = await passwords.HashInTurnAsync(command.Password ?? RandomNumberGenerator.GetHexString(64), cancellationToken);
        if (command.AffiliateId is not null)
        {
            await affiliates.GetAsync(work.Affiliate, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var user = new User(
            new(Guid.CreateVersion7(now)), command.Email.Trim(), command.Name.Trim(), role, command.Status.Or(Status.Active),
            command.MaxConcurrent ?? User.DefaultMaxConcurrent, [.. command.ProgramIds ?? []], version: 1, now, now);
        await users.AddAsync(user, passwordHash, cancellationToken);
        if (command.Password is null)
        {
            mails.Wish(user.Email, PasswordMailReason.Invited);
        }

        return await views.ShowAsync(user.Id, cancellationToken);
    }
}
