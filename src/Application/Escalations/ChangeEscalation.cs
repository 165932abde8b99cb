using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Escalations;
using FluentValidation;
using MediatR;

namespace Chat.Application.Escalations;

/// <summary>More has become known: where the texter is, how urgent it is. What was known before stays on record.</summary>
[Requires(Permission.AttendEscalations)]
public sealed record ChangeEscalation(Guid EscalationId, string Urgency, string? Location, string? LocationSource, string? Reason) : ICommand<EscalationView>;

internal sealed class ChangeEscalationValidator : AbstractValidator<ChangeEscalation>
{
    public ChangeEscalationValidator()
    {
        RuleFor(command => command.Urgency).NotEmpty().MustBeOneOf(Wire.All<Urgency>());
        RuleFor(command => command.Location).MustBeAText(EscalationRules.LongestText);
        RuleFor(command => command.LocationSource).MustBeOneOf(Wire.All<LocationSource>());
        RuleFor(command => command.Reason).MustBeAText(EscalationRules.LongestText);
    }
}

internal sealed class ChangeEscalationHandler(IEscalationRepository escalations, IEscalationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<ChangeEscalation, EscalationView>
{
    public async Task<EscalationView> Handle(ChangeEscalation command, CancellationToken cancellationToken)
    {
        var escalation = await escalations.GetAsync(new(command.EscalationId), cancellationToken);
        escalation.Change(
            caller.UserId, Wire.Value<Urgency>(command.Urgency), command.Location.Trimmed(), command.LocationSource is { } source ? Wire.Value<LocationSource>(source) : null,
            command.Reason.Trimmed(), clock.GetUtcNow());
        await escalations.SaveAsync(escalation, cancellationToken);
        return await views.ShowAsync(escalation.Id, cancellationToken);
    }
}
