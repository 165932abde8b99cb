using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Texters;

/// <summary>
/// Staff ask that a texter's messages call nobody for a while, or take that back. It is in force once a second person has approved it;
/// it never hides that somebody is in danger, and nothing that they write is lost.
/// </summary>
/// <param name="Until">When it ends by itself; null: when somebody ends it.</param>
[Requires(Permission.BlockTexters)]
public sealed record BlockTexter(Guid TexterId, bool Blocked, string? Reason, DateTimeOffset? Until) : ICommand<TexterView>;

internal sealed class BlockTexterValidator : AbstractValidator<BlockTexter>
{
    public BlockTexterValidator()
    {
        RuleFor(command => command.Reason).NotEmpty().When(command => command.Blocked);
        RuleFor(command => command.Reason).MustBeAText(2_000);
    }
}

internal sealed class BlockTexterHandler(ITexterFiles files, ITexterViews views, ICaller caller, TimeProvider clock) : IRequestHandler<BlockTexter, TexterView>
{
    public async Task<TexterView> Handle(BlockTexter command, CancellationToken cancellationToken)
    {
        var (texter, now) = (new TexterId(command.TexterId), clock.GetUtcNow());
        await files.RequireSeenAsync(texter, cancellationToken);
        if (command.Until <= now)
        {
            throw Rules.Invalid(nameof(command.Until), "A time to come.");
        }

        var standing = await files.BlockAsync(texter, cancellationToken);
        if (!command.Blocked)
        {
            await files.EndBlockAsync(texter, caller.UserId, now, cancellationToken);
        }
        else if (standing is not null && !standing.IsOver(now))
        {
            throw new RefusedException("texter.block_stands", "A block has been asked for already. End it first.");
        }
        else
        {
            await files.EndBlockAsync(texter, caller.UserId, now, cancellationToken);
            await files.AskForBlockAsync(texter, command.Reason!.Trim(), command.Until?.ToUniversalTime(), caller.UserId, now, cancellationToken);
        }

        return await views.ShowAsync(texter, cancellationToken);
    }
}
