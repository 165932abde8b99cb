using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class FollowUps(DbSession db, Keyring keyring) : IFollowUps
{
    public async Task AddAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into follow_ups (conversation_id, id, scheduled_for, message, status, scheduled_by, created_at, agreed)
            values (@ConversationId, @Id, @ScheduledFor, @Message, @Status, @ScheduledBy, @CreatedAt, @Agreed)
            """;

        var key = await keyring.DataKeyAsync(db.Affiliate.Value, followUp.ConversationId.Value, cancellationToken);
        await db.ExecuteAsync(
            sql,
            new
            {
                followUp.ConversationId, followUp.Id, followUp.ScheduledFor, Message = Envelope.Seal(key, PlaceOf(followUp.Id), followUp.Message),
                followUp.Status, followUp.ScheduledBy, followUp.CreatedAt, followUp.Agreed,
            },
            cancellationToken);
    }

    public async Task<FollowUp?> ScheduledAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, scheduled_for, message, status, scheduled_by, created_at, agreed
            from follow_ups
            where conversation_id = @conversation and status = 'scheduled'
            order by id desc
            limit 1
            """;

        if (await db.FindAsync<Row>(sql, new { conversation }, cancellationToken) is not { } row)
        {
            return null;
        }

        var key = await keyring.DataKeyAsync(db.Affiliate.Value, conversation.Value, cancellationToken);
        return new FollowUp(
            row.Id, conversation, row.ScheduledFor, Envelope.OpenText(key, PlaceOf(row.Id), row.Message), row.Status, row.ScheduledBy, row.CreatedAt, row.Agreed);
    }

    public Task MarkSentAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        const string sql = "update follow_ups set status = 'sent' where conversation_id = @ConversationId and id = @Id";

        return db.ExecuteAsync(sql, new { followUp.ConversationId, followUp.Id }, cancellationToken);
    }

    public static Place PlaceOf(Guid affiliate, FollowUpId id) => new(affiliate, "follow_ups", "message", id.Value);

    private Place PlaceOf(FollowUpId id) => PlaceOf(db.Affiliate.Value, id);

    private sealed record Row(FollowUpId Id, DateTimeOffset ScheduledFor, byte[] Message, FollowUpStatus Status, UserId ScheduledBy, DateTimeOffset CreatedAt, bool? Agreed);
}
