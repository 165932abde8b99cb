using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Channels;

/// <summary>An admin connects a number to a program.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record CreateChannel(
    Guid ProgramId, string? Provider, string Address, IReadOnlyDictionary<string, string?>? Credentials,
    IReadOnlyDictionary<string, JsonElement>? Settings, string? Status)
    : ICommand<ChannelView>, IOnce, IAboutResource, IChannelForm
{
    Guid IAboutResource.ResourceId => ProgramId;
}

internal sealed class CreateChannelValidator : AbstractValidator<CreateChannel>
{
    public CreateChannelValidator()
    {
        this.MustDescribeAChannel();
        RuleFor(command => command.Provider).NotEmpty().WithMessage($"One of {string.Join(", ", ChannelShape.Spoken)}.");
        RuleFor(command => command).Custom((command, context) =>
        {
            if (Wire.TryValue<Provider>(command.Provider, out var provider) && ChannelShape.Of(provider) is { } shape)
            {
                foreach (var failure in shape.Check(command, isNew: true))
                {
                    context.AddFailure(failure);
                }
            }
        });
    }
}

internal sealed class CreateChannelHandler(IChannelRepository channels, IChannelViews views, TimeProvider clock)
    : IRequestHandler<CreateChannel, ChannelView>
{
    public async Task<ChannelView> Handle(CreateChannel command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var credentials = command.Credentials!.Where(member => member.Value is not null)
            .ToDictionary(member => member.Key, member => member.Value!);
        var channel = new Channel(
            new(Guid.CreateVersion7(now)), new(command.ProgramId), Wire.Value<Provider>(command.Provider!), command.Address.Trim(),
            credentials, command.Settings?.Kept() ?? "{}", command.Status.Or(Status.Active), version: 1, now, now);
        await channels.AddAsync(channel, cancellationToken);
        return await views.ShowAsync(channel.Id, cancellationToken);
    }
}
