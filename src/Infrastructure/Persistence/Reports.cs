using System.Text.Json;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class Reports(DbSession db, Keyring keyring) : IReports
{
    public async Task<Report?> FindAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        const string sql = "select outcome, content, filed_by, filed_at, version from reports where conversation_id = @conversation";

        if (await db.FindAsync<Row>(sql, new { conversation }, cancellationToken) is not { } row)
        {
            return null;
        }

        var key = await keyring.DataKeyAsync(db.Affiliate.Value, conversation.Value, cancellationToken);
        var content = JsonSerializer.Deserialize<Content>(Envelope.Open(key, PlaceOf(conversation), row.Content))!;
        return new Report(conversation, content.Outcome ?? row.Outcome, content.Note, content.NextStep, content.Fields, row.FiledBy, row.FiledAt, row.Version);
    }

    public async Task SaveAsync(Report report, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into reports (conversation_id, content, filed_by, filed_at, version)
            values (@ConversationId, @Content, @FiledBy, @FiledAt, @Version)
            on conflict (affiliate_id, conversation_id) do update
            set outcome = null, content = excluded.content, filed_by = excluded.filed_by, filed_at = excluded.filed_at, version = excluded.version
            """;

        var key = await keyring.DataKeyAsync(db.Affiliate.Value, report.ConversationId.Value, cancellationToken);
        var content = JsonSerializer.SerializeToUtf8Bytes(new Content(report.Outcome, report.Note, report.NextStep, report.Fields));
        await db.ExecuteAsync(
            sql,
            new
            {
                report.ConversationId, Content = Envelope.Seal(key, PlaceOf(report.ConversationId), content), report.FiledBy, report.FiledAt,
                report.Version,
            },
            cancellationToken);
    }

    private Place PlaceOf(ConversationId conversation) => new(db.Affiliate.Value, "reports", "content", conversation.Value);

    // Where a program lists no outcomes, people say it in their own words. The column holds what was filed before those were sealed.
    private sealed record Row(string? Outcome, byte[] Content, UserId FiledBy, DateTimeOffset FiledAt, long Version);

    private sealed record Content(string? Outcome, string? Note, string? NextStep, IReadOnlyDictionary<string, string> Fields);
}
