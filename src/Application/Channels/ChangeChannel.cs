using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Channels;

/// <summary>
/// An admin changes a channel. Credentials, settings and status that are left out stay as they are; a credential that is null is removed.
/// </summary>
[Requires(Permission.ManagePrograms)]
public sealed record ChangeChannel(
    Guid ChannelId, long? ExpectedVersion, Guid ProgramId, string? Provider, string Address,
    IReadOnlyDictionary<string, string?>? Credentials, IReadOnlyDictionary<string, JsonElement>? Settings, string? Status)
    : ICommand<ChannelView>, IAboutResource, IChannelForm
{
    Guid IAboutResource.ResourceId => ChannelId;
}

internal sealed class ChangeChannelValidator : AbstractValidator<ChangeChannel>
{
    public ChangeChannelValidator() => this.MustDescribeAChannel();
}

internal sealed class ChangeChannelHandler(IChannelRepository channels, IChannelViews views, TimeProvider clock)
    : IRequestHandler<ChangeChannel, ChannelView>
{
    public async Task<ChannelView> Handle(ChangeChannel command, CancellationToken cancellationToken)
    {
        var channel = await channels.GetAsync(new(command.ChannelId), cancellationToken);
        Versions.Require(command.ExpectedVersion, channel.Version);
        if (command.Provider is { } provider && provider != channel.Provider.Name())
        {
            throw Rules.Invalid(nameof(command.Provider), "A channel keeps its provider. Make another channel.");
        }

        // What an address looks like is the provider's, and that is known only now.
        if (ChannelShape.Of(channel.Provider)?.Check(command, isNew: false).ToList() is { Count: > 0 } failures)
        {
            throw new ValidationException(failures);
        }

        channel.Change(
            new(command.ProgramId), command.Address.Trim(), command.Credentials, command.Settings?.Kept() ?? channel.Settings,
            command.Status.Or(channel.Status), clock.GetUtcNow());
        await channels.SaveAsync(channel, cancellationToken);
        return await views.ShowAsync(channel.Id, cancellationToken);
    }
}
