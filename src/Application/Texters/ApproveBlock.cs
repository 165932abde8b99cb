using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Texters;

/// <summary>A second person approves that a texter is blocked. From then on it is in force.</summary>
[Requires(Permission.ApproveBlocks)]
public sealed record ApproveBlock(Guid TexterId) : ICommand<TexterView>, IOnce;

internal sealed class ApproveBlockHandler(ITexterFiles files, ITexterViews views, ICaller caller, TimeProvider clock) : IRequestHandler<ApproveBlock, TexterView>
{
    public async Task<TexterView> Handle(ApproveBlock command, CancellationToken cancellationToken)
    {
        var (texter, now) = (new TexterId(command.TexterId), clock.GetUtcNow());
        await files.RequireSeenAsync(texter, cancellationToken);
        if (await files.BlockAsync(texter, cancellationToken) is not { } block || block.IsOver(now))
        {
            throw new RefusedException("texter.block_none", "Nobody has asked that this texter be blocked.");
        }

        if (block.AskedBy == caller.UserId)
        {
            throw new RefusedException("texter.block_own", "You asked for it yourself: a second person approves it.");
        }

        await files.ApproveBlockAsync(texter, caller.UserId, now, cancellationToken);
        return await views.ShowAsync(texter, cancellationToken);
    }
}
