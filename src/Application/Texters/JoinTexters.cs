using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Texters;

/// <summary>Two texters turn out to be one person: the other's addresses, conversations, notes and plan come to this one.</summary>
[Requires(Permission.JoinTexters)]
public sealed record JoinTexters(Guid TexterId, Guid OtherTexterId) : ICommand<TexterView>, IOnce;

internal sealed class JoinTextersHandler(ITexterFiles files, ITexterViews views, ICaller caller, TimeProvider clock) : IRequestHandler<JoinTexters, TexterView>
{
    public async Task<TexterView> Handle(JoinTexters command, CancellationToken cancellationToken)
    {
        var (texter, other) = (new TexterId(command.TexterId), new TexterId(command.OtherTexterId));
        await files.RequireSeenAsync(texter, cancellationToken);
        await files.RequireSeenAsync(other, cancellationToken);
        if (texter == other)
        {
            throw Rules.Invalid("texterId", "These are the same texter.");
        }

        await files.JoinAsync(texter, other, caller.UserId, clock.GetUtcNow(), cancellationToken);
        return await views.ShowAsync(texter, cancellationToken);
    }
}
