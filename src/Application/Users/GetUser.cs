using Chat.Application.Common;

namespace Chat.Application.Users;

/// <summary>One person's account.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record GetUser(Guid UserId) : IQuery<UserView>, IAboutResource
{
    Guid IAboutResource.ResourceId => UserId;
}
