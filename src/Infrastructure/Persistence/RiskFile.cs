using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Triage;
using Chat.Infrastructure.Keys;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Persistence;

internal sealed class RiskFile(DbSession db, Keyring keyring, ILogger<RiskFile> logger) : IRiskFile
{
    public async Task<RiskMemory> GetAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        const string sql = "select triage, inbound_count, triage_stale, automatic_tags from conversations where id = @conversation";

        var row = (await db.FindAsync<Row>(sql, new { conversation }, cancellationToken))!;
        var key = await keyring.DataKeyAsync(db.Affiliate.Value, conversation.Value, cancellationToken);
        return new RiskMemory(TriageSecrets.OpenOrEmpty(key, db.Affiliate.Value, conversation.Value, row.Triage, logger), row.InboundCount, row.TriageStale, row.AutomaticTags);
    }

    public async Task SaveAsync(ConversationId conversation, RiskMemory memory, CancellationToken cancellationToken)
    {
        const string sql = """
            update conversations
            set triage = @Triage, triage_revision = triage_revision + 1, triage_stale = false, automatic_tags = @AutomaticTags
            where id = @conversation
            """;

        var key = await keyring.DataKeyAsync(db.Affiliate.Value, conversation.Value, cancellationToken);
        await db.ExecuteAsync(
            sql,
            new { conversation, Triage = TriageSecrets.Seal(key, db.Affiliate.Value, conversation.Value, memory.Triage), memory.AutomaticTags },
            cancellationToken);
    }

    public Task SaveTagsAsync(ConversationId conversation, RiskMemory memory, CancellationToken cancellationToken)
    {
        const string sql = "update conversations set automatic_tags = @AutomaticTags where id = @conversation";

        return db.ExecuteAsync(sql, new { conversation, memory.AutomaticTags }, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> TexterMessagesAfterAsync(ConversationId conversation, long number, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, content
            from messages
            where conversation_id = @conversation and direction = 'inbound'
            order by sequence
            offset @number
            """;

        var key = await keyring.DataKeyAsync(db.Affiliate.Value, conversation.Value, cancellationToken);
        var rows = await db.ListAsync<MessageRow>(sql, new { conversation, number }, cancellationToken);
        return [.. rows.Select(row => logger.OpenOrNull(key, new(db.Affiliate.Value, "messages", "content", row.Id), row.Content) ?? "")];
    }

    public async Task RecordAsync(RiskChange change, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into risk_changes (conversation_id, id, from_level, to_level, by_id, reason, rules, triage_version, language, at)
            values (@ConversationId, @Id, @From, @To, @By, @Reason, @Rules, @Version, @Language, @At)
            """;

        var id = Guid.CreateVersion7(change.At);
        var key = await keyring.DataKeyAsync(db.Affiliate.Value, change.ConversationId.Value, cancellationToken);
        await db.ExecuteAsync(
            sql,
            new
            {
                change.ConversationId, Id = id, change.From, change.To, change.By,
                Reason = change.Reason is null ? null : Envelope.Seal(key, TriageSecrets.ReasonOf(db.Affiliate.Value, id), change.Reason),
                Rules = change.Rules.ToArray(), change.Version, change.Language, change.At,
            },
            cancellationToken);
    }

    public Task<bool> WasAssessedSinceAsync(ConversationId conversation, DateTimeOffset since, CancellationToken cancellationToken)
    {
        const string sql = """
            select exists (select from risk_changes where conversation_id = @conversation and by_id is not null and at >= @since)
            """;

        return db.FindAsync<bool>(sql, new { conversation, since }, cancellationToken);
    }

    private sealed record Row(byte[]? Triage, long InboundCount, bool TriageStale, string[] AutomaticTags);

    private sealed record MessageRow(Guid Id, byte[] Content);
}

/// <summary>How triage's memory is sealed: as JSON under the conversation's key.</summary>
internal static class TriageSecrets
{
    public static TriageMemory Open(SealingKey key, Guid affiliate, Guid conversation, byte[]? memory) =>
        memory is null ? TriageMemory.Empty : JsonSerializer.Deserialize<TriageMemory>(Envelope.Open(key, PlaceOf(affiliate, conversation), memory))!;

    /// <summary>Nothing where it does not open: what was said is read again.</summary>
    public static TriageMemory OpenOrEmpty(SealingKey? key, Guid affiliate, Guid conversation, byte[]? memory, ILogger logger)
    {
        try
        {
            return key is null ? TriageMemory.Empty : Open(key, affiliate, conversation, memory);
        }
        catch (UnreadableException failure)
        {
            logger.TellUnreadable(PlaceOf(affiliate, conversation), failure);
            return TriageMemory.Empty;
        }
    }

    public static byte[] Seal(SealingKey key, Guid affiliate, Guid conversation, TriageMemory memory) =>
        Envelope.Seal(key, PlaceOf(affiliate, conversation), JsonSerializer.SerializeToUtf8Bytes(memory));

    public static Place ReasonOf(Guid affiliate, Guid change) => new(affiliate, "risk_changes", "reason", change);

    private static Place PlaceOf(Guid affiliate, Guid conversation) => new(affiliate, "conversations", "triage", conversation);
}
