using Chat.Application.Common;
using Chat.Application.Ports;
using FluentValidation;
using MediatR;

namespace Chat.Application.Escalations;

/// <summary>Somebody was contacted about an escalation: whom, how, when, and what they said.</summary>
[Requires(Permission.AttendEscalations)]
public sealed record RecordContact(Guid EscalationId, string Contact, string Method, string Outcome, string? Note, DateTimeOffset? ContactedAt)
    : ICommand<EscalationView>, IOnce;

internal sealed class RecordContactValidator : AbstractValidator<RecordContact>
{
    public static readonly string[] Methods = ["phone", "email", "radio", "portal", "in_person", "other"];

    public RecordContactValidator()
    {
        RuleFor(command => command.Contact).MustBeAName();
        RuleFor(command => command.Method).NotEmpty().MustBeOneOf(Methods);
        RuleFor(command => command.Outcome).NotEmpty().MustBeALine(200);
        RuleFor(command => command.Note).MustBeAText(EscalationRules.LongestText);
    }
}

internal sealed class RecordContactHandler(IEscalationRepository escalations, IEscalationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<RecordContact, EscalationView>
{
    public async Task<EscalationView> Handle(RecordContact command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var escalation = await escalations.GetAsync(new(command.EscalationId), cancellationToken);
        if (command.ContactedAt is { } at && (at > now || at < escalation.OpenedAt.AddDays(-1)))
        {
            throw Rules.Invalid(nameof(command.ContactedAt), "Not in the future, and not before the escalation.");
        }

        escalation.RecordContact(
            caller.UserId, command.Contact.Trim(), command.Method, command.Outcome.Trim(), command.Note.Trimmed(), command.ContactedAt?.ToUniversalTime() ?? now);
        await escalations.SaveAsync(escalation, cancellationToken);
        return await views.ShowAsync(escalation.Id, cancellationToken);
    }
}
