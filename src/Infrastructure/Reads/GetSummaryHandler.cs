using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Risk;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class GetSummaryHandler(DbSession db, Keyring keyring, SummaryEngine summaries, ICaller caller) : IRequestHandler<GetSummary, SummaryView>
{
    // Of a conversation that has gone on for longer, what was said lately.
    private const int MostMessages = 500;

    public async Task<SummaryView> Handle(GetSummary query, CancellationToken cancellationToken)
    {
        const string sql = $"select c.risk_level, c.tags, c.last_sequence from conversations c where c.id = @ConversationId and {Visibility.Rule}";
        const string said = """
            select id, sequence, direction = 'inbound' as from_texter, content
            from messages
            where conversation_id = @ConversationId and direction in ('inbound', 'outbound')
            order by sequence desc
            limit @MostMessages
            """;

        var row = await db.FindAsync<Row>(sql, new { query.ConversationId, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken)
            ?? throw new NotFoundException("The conversation");
        var messages = await db.ListAsync<MessageRow>(said, new { query.ConversationId, MostMessages }, cancellationToken);
        var key = (await keyring.DataKeysAsync(db.Affiliate.Value, [query.ConversationId], cancellationToken)).GetValueOrDefault(query.ConversationId);
        var readable = key is null ? [] : messages.Reverse().Select(message => message.Open(key, db.Affiliate.Value)).ToList();
        var summary = summaries.Summarise(readable, Wire.Value<RiskLevel>(row.RiskLevel), row.Tags);
        return new SummaryView(
            row.RiskLevel, summary.Topics, [.. summary.Lines.Select(line => new SummaryLineView(line.Sequence, line.Text, line.Level.Name(), line.Rules))],
            summary.PlainText, row.LastSequence);
    }

    private sealed record Row(string RiskLevel, string[] Tags, long LastSequence);

    private sealed record MessageRow(Guid Id, long Sequence, bool FromTexter, byte[] Content)
    {
        public SummaryMessage Open(SealingKey key, Guid affiliate) =>
            new(Sequence, FromTexter, Envelope.OpenText(key, new(affiliate, "messages", "content", Id), Content));
    }
}
