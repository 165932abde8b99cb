using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Risk;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Triage;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

internal sealed class GetSummaryHandler(
    DbSession db, Keyring keyring, ISummariser summariser, ICaller caller, TimeProvider clock, ILogger<GetSummaryHandler> logger)
    : IRequestHandler<GetSummary, SummaryView>
{
    // Of a conversation that has gone on for longer, what was said lately.
    private const int MostMessages = 500;

    public async Task<SummaryView> Handle(GetSummary query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select c.program_id, c.risk_level, c.tags, c.last_sequence, s.content as kept
            from conversations c
            left join conversation_summaries s on s.affiliate_id = c.affiliate_id and s.conversation_id = c.id
                and s.up_to = c.last_sequence and s.held_level = c.risk_level and s.tags = c.tags
            where c.id = @ConversationId and {Visibility.Rule}
            """;

        var row = await db.FindAsync<Row>(sql, new { query.ConversationId, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken)
            ?? throw new NotFoundException("The conversation");
        var key = (await keyring.DataKeysAsync(db.Affiliate.Value, [query.ConversationId], cancellationToken)).GetValueOrDefault(query.ConversationId);
        var made = summariser.NameIn(db.Affiliate, new(row.ProgramId));
        var content = Open(key, query.ConversationId, row.Kept) is { } kept && kept.By == made
            ? kept.Content
            : await MakeAsync(key, query.ConversationId, row, made, cancellationToken);
        return new SummaryView(row.RiskLevel, content.Topics, content.Lines, content.Text, row.LastSequence);
    }

    private async Task<SummaryContent> MakeAsync(SealingKey? key, Guid conversation, Row row, string made, CancellationToken cancellationToken)
    {
        const string said = """
            select id, sequence, direction = 'inbound' as from_texter, content
            from messages
            where conversation_id = @conversation and direction in ('inbound', 'outbound')
            order by sequence desc
            limit @MostMessages
            """;
        const string keep = """
            insert into conversation_summaries as s (conversation_id, content, up_to, held_level, tags, made_by, made_at)
            values (@conversation, @Content, @LastSequence, @RiskLevel, @Tags, @made, @Now)
            on conflict (affiliate_id, conversation_id) do update
            set content = excluded.content, up_to = excluded.up_to, held_level = excluded.held_level, tags = excluded.tags, made_by = excluded.made_by,
                made_at = excluded.made_at
            where excluded.up_to >= s.up_to
            """;

        var messages = key is null ? [] : await db.ListAsync<MessageRow>(said, new { conversation, MostMessages }, cancellationToken);
        var readable = messages.Reverse().Select(message => Open(key!, message)).OfType<SummaryMessage>().ToList();
        var content = await summariser.SummariseAsync(
            new SummaryMaterial(db.Affiliate, new(row.ProgramId), Wire.Value<RiskLevel>(row.RiskLevel), row.Tags, readable), cancellationToken);
        if (key is not null)
        {
            var bytes = Envelope.Seal(key, PlaceOf(conversation), JsonSerializer.SerializeToUtf8Bytes(new Kept(made, content)));
            await db.ExecuteAsync(
                keep, new { conversation, Content = bytes, row.LastSequence, row.RiskLevel, row.Tags, made, Now = clock.GetUtcNow() }, cancellationToken);
        }

        return content;
    }

    private SummaryMessage? Open(SealingKey key, MessageRow row) =>
        logger.OpenOrNull(key, new(db.Affiliate.Value, "messages", "content", row.Id), row.Content) is { } text
            ? new SummaryMessage(row.Sequence, row.FromTexter, text)
            : null;

    // What is kept is only what can be made again: damaged, it is.
    private Kept? Open(SealingKey? key, Guid conversation, byte[]? content) =>
        logger.OpenOrNull(key, PlaceOf(conversation), content) is { } kept ? JsonSerializer.Deserialize<Kept>(kept) : null;

    private Place PlaceOf(Guid conversation) => new(db.Affiliate.Value, "conversation_summaries", "content", conversation);

    private sealed record Kept(string By, SummaryContent Content);

    private sealed record Row(Guid ProgramId, string RiskLevel, string[] Tags, long LastSequence, byte[]? Kept);

    private sealed record MessageRow(Guid Id, long Sequence, bool FromTexter, byte[] Content);
}
