using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class LegalHolds(DbSession db, Keyring keyring) : ILegalHolds
{
    public async Task HoldAsync(ConversationId conversation, string reason, UserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into legal_holds (conversation_id, reason, held_by, held_at)
            values (@conversation, @Reason, @by, @now)
            on conflict (affiliate_id, conversation_id) do update
            set reason = excluded.reason, held_by = excluded.held_by, held_at = excluded.held_at
            """;

        await RequireThereAsync(conversation, cancellationToken);
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        var sealedReason = keys.Fields.Seal(new(db.Affiliate.Value, "legal_holds", "reason", conversation.Value), reason);
        await db.ExecuteAsync(sql, new { conversation, Reason = sealedReason, by, now }, cancellationToken);
    }

    public async Task ReleaseAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        const string sql = "delete from legal_holds where conversation_id = @conversation";

        await RequireThereAsync(conversation, cancellationToken);
        await db.ExecuteAsync(sql, new { conversation }, cancellationToken);
    }

    // Locked against a purge that runs at the same moment.
    private async Task RequireThereAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        const string sql = "select id from conversations where id = @conversation for no key update";

        _ = await db.FindAsync<ConversationId?>(sql, new { conversation }, cancellationToken) ?? throw new NotFoundException("The conversation");
        db.Touch(conversation.Value);
    }
}
