using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Channels;

/// <summary>An admin removes a channel over which nobody has written.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record DeleteChannel(Guid ChannelId, long? ExpectedVersion) : ICommand<Done>, IAboutResource
{
    Guid IAboutResource.ResourceId => ChannelId;
}

internal sealed class DeleteChannelHandler(IChannelRepository channels) : IRequestHandler<DeleteChannel, Done>
{
    public async Task<Done> Handle(DeleteChannel command, CancellationToken cancellationToken)
    {
        var channel = await channels.GetAsync(new(command.ChannelId), cancellationToken);
        Versions.Honour(command.ExpectedVersion, channel.Version);
        await channels.DeleteAsync(channel, cancellationToken);
        return default;
    }
}
