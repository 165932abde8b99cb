using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Risk;
using Chat.Domain.Common;
using Chat.Domain.Triage;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

internal sealed class RiskViews(DbSession db, Keyring keyring, ITriageRules rules, ICaller caller, ILogger<RiskViews> logger) : IRiskViews
{
    public async Task<RiskView> ShowAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        const string sql = $"select c.risk_level, c.triage, c.program_id from conversations c where c.id = @conversation and {Visibility.Rule}";

        var row = await db.FindAsync<Row>(sql, new { conversation, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken)
            ?? throw new NotFoundException("The conversation");
        var key = (await keyring.DataKeysAsync(db.Affiliate.Value, [conversation.Value], cancellationToken)).GetValueOrDefault(conversation.Value);
        var memory = TriageSecrets.OpenOrEmpty(key, db.Affiliate.Value, conversation.Value, row.Triage, logger);
        return new RiskView(
            row.RiskLevel, rules.Of(db.Affiliate, new(row.ProgramId)).Version, await ReasonsAsync(conversation, key, memory, cancellationToken), await HistoryAsync(conversation, key, cancellationToken));
    }

    // Triage numbers what the texter wrote, and nothing else.
    private async Task<IReadOnlyList<RiskReasonView>> ReasonsAsync(ConversationId conversation, SealingKey? key, TriageMemory memory, CancellationToken cancellationToken)
    {
        const string sql = """
            select m.number, m.id, m.sequence, m.content
            from (
                select row_number() over (order by sequence) as number, id, sequence, content
                from messages
                where conversation_id = @conversation and direction = 'inbound'
            ) m
            where m.number = any(@Numbers)
            """;

        var numbers = memory.Reasons.SelectMany(reason => reason.Cues).Select(cue => cue.Sequence).Distinct().ToArray();
        if (numbers.Length == 0)
        {
            return [];
        }

        var messages = (await db.ListAsync<MessageRow>(sql, new { conversation, Numbers = numbers }, cancellationToken)).ToDictionary(message => message.Number);
        return
        [
            .. from reason in memory.Reasons.OrderByDescending(reason => reason.Level)
               from cue in reason.Cues
               where messages.ContainsKey(cue.Sequence)
               let message = messages[cue.Sequence]
               select new RiskReasonView(message.Id, message.Sequence, reason.Rule, reason.Level.Name(), Phrase(key, message, cue), cue.Start, cue.Length),
        ];
    }

    private string? Phrase(SealingKey? key, MessageRow message, SeenCue cue)
    {
        var text = logger.OpenOrNull(key, new(db.Affiliate.Value, "messages", "content", message.Id), message.Content);
        return cue.Start + cue.Length <= text?.Length ? text.Substring(cue.Start, cue.Length) : null;
    }

    private async Task<IReadOnlyList<RiskChangeView>> HistoryAsync(ConversationId conversation, SealingKey? key, CancellationToken cancellationToken)
    {
        const string sql = """
            select r.id, r.at, r.from_level, r.to_level, r.by_id, u.name as by_name, r.reason, r.rules, r.triage_version
            from risk_changes r
            left join users u on u.id = r.by_id
            where r.conversation_id = @conversation
            order by r.id
            """;

        var staff = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return
        [
            .. (await db.ListAsync<ChangeRow>(sql, new { conversation }, cancellationToken)).Select(change => new RiskChangeView(
                change.At, change.FromLevel, change.ToLevel, change.ById, StaffName.OpenOrNull(staff, change.ById, change.ByName),
                logger.OpenOrNull(key, TriageSecrets.ReasonOf(db.Affiliate.Value, change.Id), change.Reason),
                change.Rules, change.TriageVersion)),
        ];
    }

    private sealed record Row(string RiskLevel, byte[]? Triage, Guid ProgramId);

    private sealed record MessageRow(long Number, Guid Id, long Sequence, byte[] Content);

    private sealed record ChangeRow(
        Guid Id, DateTimeOffset At, string FromLevel, string ToLevel, Guid? ById, byte[]? ByName, byte[]? Reason, string[] Rules, string TriageVersion);
}
