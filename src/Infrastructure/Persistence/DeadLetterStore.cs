using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Infrastructure.Persistence;

internal sealed class DeadLetterStore(DbSession db, EventConsumers consumers, [FromKeyedServices(Clocks.Real)] TimeProvider clock) : IDeadLetters
{
    public async Task ReplayAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = """
            select event_id, affiliate_id, subject, sequence, type, data::text as data, happened_at
            from dead_letters
            where id = @id
            for update
            """;
        const string mark = "update dead_letters set replayed_at = @now where id = @id";

        db.Touch(id);
        var letter = await db.FindAsync<Letter>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The dead letter");
        if (letter is not { EventId: { } eventId, AffiliateId: { } affiliate, Subject: { } subject, Sequence: { } sequence, Data: { } data, HappenedAt: { } happenedAt })
        {
            throw new RefusedException("event.unreadable", "It is no event of ours, and nothing of it was kept.");
        }

        // They act in transactions of their own, and the inbox leaves out who has acted already.
        var happened = new OutboxEvent(eventId, affiliate, subject, sequence, letter.Type, data, Guid.Empty, happenedAt);
        var failed = await consumers.ConsumeAsync([happened], cancellationToken);
        if (failed.Count > 0)
        {
            throw new RefusedException("event.not_replayed", "Somebody still cannot act on it.");
        }

        await db.ExecuteAsync(mark, new { id, now = clock.GetUtcNow() }, cancellationToken);
    }

    private sealed record Letter(Guid? EventId, Guid? AffiliateId, Guid? Subject, long? Sequence, string Type, string? Data, DateTimeOffset? HappenedAt);
}
