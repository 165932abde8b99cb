using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Users;
using FluentValidation;

namespace Chat.Application.Users;

/// <summary>An affiliate's people; for a platform admin who names no affiliate, everybody.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record ListUsers(Guid? AffiliateId, string? Role, string? Status, Guid? ProgramId, int? Limit, string? Cursor)
    : IQuery<Page<UserView>>, IInAffiliate, IPaged;

internal sealed class ListUsersValidator : AbstractValidator<ListUsers>
{
    public ListUsersValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Role).MustBeOneOf(Wire.All<Role>());
        RuleFor(query => query.Status).MustBeOneOf(Wire.All<Status>());
    }
}
