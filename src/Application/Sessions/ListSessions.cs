using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Sessions;

/// <summary>Where the caller is signed in, the newest session first.</summary>
[Requires(Permission.OwnSignIn)]
public sealed record ListSessions(int? Limit, string? Cursor) : IQuery<Page<OwnSession>>, IPaged;

/// <param name="Device">The family of browser and system, such as Firefox on Windows; null for a program or one that is not known.</param>
/// <param name="LastUsedAt">When it was last carried on: while somebody works, every few minutes.</param>
/// <param name="Current">Whether it is the one that asks.</param>
public sealed record OwnSession(Guid Id, string? Device, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool Current);

internal sealed class ListSessionsValidator : AbstractValidator<ListSessions>
{
    public ListSessionsValidator() => this.MustBePaged();
}
