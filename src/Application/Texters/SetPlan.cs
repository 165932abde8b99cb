using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Texters;

/// <summary>Staff write down what helps this texter and what was agreed with them, for whoever answers next. An empty plan takes it away.</summary>
[Requires(Permission.WriteNotes)]
public sealed record SetPlan(Guid TexterId, string? Plan) : ICommand<TexterView>;

internal sealed class SetPlanValidator : AbstractValidator<SetPlan>
{
    public const int Longest = 8_000;

    public SetPlanValidator() => RuleFor(command => command.Plan).MustBeAText(Longest);
}

internal sealed class SetPlanHandler(ITexterFiles files, ITexterViews views, ICaller caller, TimeProvider clock) : IRequestHandler<SetPlan, TexterView>
{
    public async Task<TexterView> Handle(SetPlan command, CancellationToken cancellationToken)
    {
        await files.RequireSeenAsync(new(command.TexterId), cancellationToken);
        await files.SetPlanAsync(new(command.TexterId), command.Plan.Trimmed(), caller.UserId, clock.GetUtcNow(), cancellationToken);
        return await views.ShowAsync(new(command.TexterId), cancellationToken);
    }
}
