using System.Diagnostics.CodeAnalysis;
using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Escalations;
using FluentValidation;
using MediatR;

namespace Chat.Application.Escalations;

/// <summary>A responder brings in medical help or the police. Supervisors are told at once, and so are the affiliate's own on-call contacts.</summary>
[Requires(Permission.HoldConversations)]
public sealed record Escalate(Guid ConversationId, string Type, string Urgency, string? Location, string? LocationSource, string? Reason)
    : ICommand<EscalatedConversation>, IOnce;

/// <summary>The conversation, and the escalation that has been opened in it.</summary>
public sealed record EscalatedConversation : ConversationView
{
    [SetsRequiredMembers]
    public EscalatedConversation(ConversationView conversation, string referenceNumber, string? contactedService)
        : base(conversation) =>
        (ReferenceNumber, ContactedService) = (referenceNumber, contactedService);

    /// <summary>What is read out on the telephone.</summary>
    public string ReferenceNumber { get; }

    /// <summary>Whom the platform has told by itself; null when it had nobody to tell.</summary>
    public string? ContactedService { get; }
}

internal sealed class EscalateValidator : AbstractValidator<Escalate>
{
    public EscalateValidator()
    {
        RuleFor(command => command.Type).NotEmpty().MustBeOneOf(Wire.All<EscalationKind>());
        RuleFor(command => command.Urgency).NotEmpty().MustBeOneOf(Wire.All<Urgency>());
        RuleFor(command => command.Location).MustBeAText(EscalationRules.LongestText);
        RuleFor(command => command.LocationSource).MustBeOneOf(Wire.All<LocationSource>());
        RuleFor(command => command.Reason).MustBeAText(EscalationRules.LongestText);
    }
}

/// <summary>Rules that what opens an escalation and what changes it share.</summary>
internal static class EscalationRules
{
    public const int LongestText = 4_000;
}

internal sealed class EscalateHandler(
    IConversationRepository conversations, IEscalationRepository escalations, IEmergencyServices services, INotifier notifier, IConversationViews views,
    ICaller caller, TimeProvider clock)
    : IRequestHandler<Escalate, EscalatedConversation>
{
    public async Task<EscalatedConversation> Handle(Escalate command, CancellationToken cancellationToken)
    {
        var (kind, urgency) = (Wire.Value<EscalationKind>(command.Type), Wire.Value<Urgency>(command.Urgency));
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        var now = clock.GetUtcNow();
        var id = new EscalationId(Guid.CreateVersion7(now));

        // Refused before a number is drawn: no gap in the numbers for what never was.
        conversation.RequireEscalatable(kind, caller.UserId);
        var reference = await escalations.NextReferenceAsync(kind, now, cancellationToken);
        conversation.Escalate(kind, id, urgency, reference, caller.UserId, now);
        var escalation = Escalation.Open(
            id, conversation.Id, kind, urgency, reference, command.Location.Trimmed(), command.LocationSource is { } source ? Wire.Value<LocationSource>(source) : null,
            command.Reason.Trimmed(), caller.UserId, now);
        escalation.Notified(await services.ContactAsync(escalation, cancellationToken), now);
        await conversations.SaveAsync(conversation, cancellationToken);
        await escalations.AddAsync(escalation, cancellationToken);
        await notifier.TellSupervisorsAsync(NotificationKind.EscalationOpened, conversation.Id, id.Value, cancellationToken);
        return new EscalatedConversation(await views.ShowAsync(conversation.Id, cancellationToken), reference, escalation.ContactedService);
    }
}
