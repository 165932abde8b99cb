using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Texters;

/// <summary>One of a texter's addresses turns out to be somebody else's: it becomes a texter of its own, with the conversations that came from it.</summary>
[Requires(Permission.JoinTexters)]
public sealed record SeparateTexter(Guid TexterId, Guid AddressId) : ICommand<TexterView>, IOnce;

internal sealed class SeparateTexterHandler(ITexterFiles files, ITexterViews views, TimeProvider clock) : IRequestHandler<SeparateTexter, TexterView>
{
    public async Task<TexterView> Handle(SeparateTexter command, CancellationToken cancellationToken)
    {
        await files.RequireSeenAsync(new(command.TexterId), cancellationToken);
        return await views.ShowAsync(await files.SeparateAsync(new(command.TexterId), command.AddressId, clock.GetUtcNow(), cancellationToken), cancellationToken);
    }
}
