using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;
using FluentValidation;
using MediatR;

namespace Chat.Application.Risk;

/// <summary>
/// A person says how much danger the texter is in, and why. It is the only way in which a level is ever lowered; what the texter writes
/// afterwards can raise it again.
/// </summary>
[Requires(Permission.AssessRisk)]
public sealed record SetRisk(Guid ConversationId, string Level, string Reason) : ICommand<RiskView>;

internal sealed class SetRiskValidator : AbstractValidator<SetRisk>
{
    public SetRiskValidator()
    {
        RuleFor(command => command.Level).NotEmpty().MustBeOneOf(Wire.All<RiskLevel>());
        RuleFor(command => command.Reason).NotEmpty().MustBeAText(2_000);
    }
}

internal sealed class SetRiskHandler(
    IConversationRepository conversations, IRiskFile file, ITriageRules rules, IRiskViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<SetRisk, RiskView>
{
    public async Task<RiskView> Handle(SetRisk command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        if (caller.May(Permission.HoldConversations))
        {
            conversation.RequireHeldBy(caller.UserId);
        }

        var (level, now) = (Wire.Value<RiskLevel>(command.Level), clock.GetUtcNow());
        var (before, memory) = (conversation.RiskLevel, await file.GetAsync(conversation.Id, cancellationToken));
        var version = rules.Of(caller.AffiliateId, conversation.ProgramId).Version;
        conversation.SetRisk(level, now);

        // What had been seen so far is judged: triage begins anew from the person's level.
        var judged = TriageMemory.Empty with { Level = level, Messages = (int)memory.InboundCount, Topics = memory.Triage.Topics, Language = memory.Triage.Language };
        await file.SaveAsync(conversation.Id, memory with { Triage = judged }, cancellationToken);
        await file.RecordAsync(
            new RiskChange(
                conversation.Id, before, level, caller.UserId, command.Reason.Trim(), [], version, memory.Triage.Language, now),
            cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}
