using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class ShadowFile(DbSession db, Keyring keyring) : IShadowFile
{
    // Beyond that a conversation says no more about a candidate.
    private const int MostMessages = 500;

    public async Task<ShadowedConversation?> ReadAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        const string found = "select program_id from conversations where id = @conversation";
        const string sql = """
            select id, sequence, content
            from messages
            where conversation_id = @conversation and direction = 'inbound'
            order by sequence
            limit @MostMessages
            """;

        var key = (await keyring.DataKeysAsync(db.Affiliate.Value, [conversation.Value], cancellationToken)).GetValueOrDefault(conversation.Value);
        if (key is null || await db.FindAsync<Guid?>(found, new { conversation }, cancellationToken) is not { } program)
        {
            return null;
        }

        var rows = await db.ListAsync<Row>(sql, new { conversation, MostMessages }, cancellationToken);
        return new ShadowedConversation(
            new(program), [.. rows.Select(row => (row.Sequence, Envelope.OpenText(key, new(db.Affiliate.Value, "messages", "content", row.Id), row.Content)))]);
    }

    public async Task RecordAsync(ConversationId conversation, IReadOnlyList<ShadowDifference> differences, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into shadow_differences (
                id, conversation_id, sequence, shadow_version, live_version, live_level, shadow_level, live_rules, shadow_rules, language, at)
            values (@Id, @conversation, @Sequence, @ShadowVersion, @LiveVersion, @LiveLevel, @ShadowLevel, @LiveRules, @ShadowRules, @Language, @At)
            on conflict (affiliate_id, conversation_id, sequence, shadow_version) do nothing
            """;

        foreach (var difference in differences)
        {
            await db.ExecuteAsync(
                sql,
                new
                {
                    Id = Guid.CreateVersion7(difference.At), conversation, difference.Sequence, difference.ShadowVersion, difference.LiveVersion,
                    difference.LiveLevel, difference.ShadowLevel, difference.LiveRules, difference.ShadowRules, difference.Language, difference.At,
                },
                cancellationToken);
        }
    }

    private sealed record Row(Guid Id, long Sequence, byte[] Content);
}
