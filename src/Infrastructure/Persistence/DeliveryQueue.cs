using Chat.Application.Ports;
using Chat.Domain.Common;

namespace Chat.Infrastructure.Persistence;

internal sealed class DeliveryQueue(DbSession db) : IDeliveries
{
    public Task DoneAsync(MessageId message, CancellationToken cancellationToken)
    {
        const string sql = "delete from deliveries where affiliate_id = @Affiliate and message_id = @message";

        return db.ExecuteAsync(sql, new { db.Affiliate, message }, cancellationToken);
    }

    public Task TryAgainAsync(MessageId message, DateTimeOffset at, CancellationToken cancellationToken)
    {
        const string sql = """
            update deliveries
            set due_at = @at, claimed_until = null
            where affiliate_id = @Affiliate and message_id = @message
            """;

        return db.ExecuteAsync(sql, new { db.Affiliate, message, at }, cancellationToken);
    }
}
