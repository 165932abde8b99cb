using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>The platform writes the mail with a link that sets a password. Null where nobody signs in with the address.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record MakePasswordMail(string Email, PasswordMailReason Reason) : IUseCase<PasswordMail?>;

public sealed record PasswordMail(string To, string Subject, string Text);

internal sealed class MakePasswordMailHandler(ISignIns signIns, IPasswordResets resets, IUnitOfWork work, IUserRepository users)
    : IRequestHandler<MakePasswordMail, PasswordMail?>
{
    private static readonly TimeSpan ForForgotten = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan ForInvited = TimeSpan.FromDays(3);

    public async Task<PasswordMail?> Handle(MakePasswordMail command, CancellationToken cancellationToken)
    {
        if (await signIns.FindAsync(command.Email, cancellationToken) is not { } account)
        {
            return null;
        }

        await work.EnterAsync(account.AffiliateId, cancellationToken);
        if (await users.FindAsync(account.UserId, cancellationToken) is not { Status: Status.Active } user)
        {
            return null;
        }

        // To the address as it is kept, whatever was typed in.
        var invited = command.Reason == PasswordMailReason.Invited;
        var made = await resets.MakeAsync(user.Id, account.AffiliateId, invited ? ForInvited : ForForgotten, cancellationToken);
        return new PasswordMail(
            user.Email, invited ? "Your account" : "A new password",
            string.Join(
                "\n",
                invited ? "An account has been made for you. Choose your password here:" : "Somebody, probably you, has asked for a new password. Choose it here:",
                "", made.Link.AbsoluteUri, "",
                invited ? "The link works once, within three days." : "The link works once, within half an hour. If it was not you, nothing has changed.", ""));
    }
}
