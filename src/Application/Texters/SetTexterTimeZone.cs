using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Texters;

/// <summary>Staff note in which time zone a texter lives, as far as they have said it: nobody is written to in the middle of their night.</summary>
[Requires(Permission.WriteNotes)]
public sealed record SetTexterTimeZone(Guid TexterId, string? TimeZone) : ICommand<TexterView>;

internal sealed class SetTexterTimeZoneValidator : AbstractValidator<SetTexterTimeZone>
{
    public SetTexterTimeZoneValidator() => RuleFor(command => command.TimeZone).MustBeATimeZone();
}

internal sealed class SetTexterTimeZoneHandler(ITexterFiles files, ITexterViews views) : IRequestHandler<SetTexterTimeZone, TexterView>
{
    public async Task<TexterView> Handle(SetTexterTimeZone command, CancellationToken cancellationToken)
    {
        await files.RequireSeenAsync(new(command.TexterId), cancellationToken);
        await files.SetTimeZoneAsync(new(command.TexterId), command.TimeZone.Trimmed(), cancellationToken);
        return await views.ShowAsync(new(command.TexterId), cancellationToken);
    }
}
