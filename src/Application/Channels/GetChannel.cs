using Chat.Application.Common;

namespace Chat.Application.Channels;

/// <summary>One channel.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record GetChannel(Guid ChannelId) : IQuery<ChannelView>, IAboutResource
{
    Guid IAboutResource.ResourceId => ChannelId;
}
