using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Sessions;
using Chat.Domain.Common;
using Chat.Domain.Users;
using FluentValidation;
using MediatR;

namespace Chat.Application.Users;

/// <summary>
/// An admin changes somebody's account. Role, programs, status, limit and password that are left out stay as they are. A new address,
/// role, status or password ends the user's sessions.
/// </summary>
[Requires(Permission.ManageAffiliate)]
public sealed record ChangeUser(
    Guid UserId, long? ExpectedVersion, Guid? AffiliateId, string Email, string Name, string? Password, string? Role,
    IReadOnlyList<Guid>? ProgramIds, string? Status, int? MaxConcurrent)
    : ICommand<UserView>, IAboutResource, IInAffiliate, IUserForm
{
    Guid IAboutResource.ResourceId => UserId;
}

internal sealed class ChangeUserValidator : AbstractValidator<ChangeUser>
{
    public ChangeUserValidator()
    {
        this.MustDescribeAUser();
        RuleFor(command => command.Password).MustBeAGoodPassword(command => command.Email).When(command => command.Password is not null);
    }
}

internal sealed class ChangeUserHandler(
    IUserRepository users, IUserViews views, ISessions sessions, IPasswords passwords, IUnitOfWork work, TimeProvider clock)
    : IRequestHandler<ChangeUser, UserView>
{
    public async Task<UserView> Handle(ChangeUser command, CancellationToken cancellationToken)
    {
        var passwordHash = command.Password is null ? null : await passwords.HashInTurnAsync(command.Password, cancellationToken);
        var user = await users.GetForChangeAsync(new(command.UserId), cancellationToken);
        Versions.Require(command.ExpectedVersion, user.Version);
        command.MustStayIn(work.Affiliate);
        var (email, role, status) = (command.Email.Trim(), command.Role.Or(user.Role), command.Status.Or(user.Status));
        UserForm.RequireAdminOnPlatform(work.Affiliate, role);
        await RequireDispensableAsync(user, role, status, cancellationToken);

        var signsInAnew = role != user.Role || status != user.Status || !email.Equals(user.Email, StringComparison.OrdinalIgnoreCase);
        user.Change(
            email, command.Name.Trim(), role, status, command.MaxConcurrent ?? user.MaxConcurrent,
            [.. command.ProgramIds ?? user.ProgramIds], clock.GetUtcNow());
        await users.SaveAsync(user, passwordHash, cancellationToken);
        if (signsInAnew)
        {
            await sessions.RevokeAllAsync(user.Id, cancellationToken);
        }

        return await views.ShowAsync(user.Id, cancellationToken);
    }

    private async Task RequireDispensableAsync(User user, Role role, Status status, CancellationToken cancellationToken)
    {
        if (status == Status.Inactive && work.Affiliate.IsPlatform)
        {
            await users.RequireAnotherPlatformAdminAsync(user, cancellationToken);
        }

        var staysResponder = status == Status.Active && role == Domain.Users.Role.Responder;
        if (!staysResponder && await users.HoldsConversationsAsync(user.Id, cancellationToken))
        {
            throw new RefusedException(
                "user.holds_conversations",
                "Texters are waiting for this person's answers. Close their conversations or return them to the queue first.");
        }
    }
}
