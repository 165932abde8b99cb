using Chat.Application.Ports;

namespace Chat.Infrastructure.Persistence;

internal sealed class SendingStore(DbSession db, IDueJobs jobs) : ISendings
{
    public async Task AddAsync(Sending sending, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into sendings (id, via, kind, user_id, contact_id, conversation_id, about_id, body, status, created_at)
            values (@Id, @Via, @Kind, @UserId, @ContactId, @ConversationId, @AboutId, @Body, 'waiting', @CreatedAt)
            """;
        const string takeLane = "update due_jobs set lane = @Lane where affiliate_id = @Affiliate and kind = 'send' and subject_id = @Id";

        await db.ExecuteAsync(sql, sending, cancellationToken);
        await jobs.ScheduleAsync(JobKind.Send, sending.Id, sending.CreatedAt, cancellationToken);
        await db.ExecuteAsync(takeLane, new { db.Affiliate, sending.Id, Lane = LaneOf(sending) }, cancellationToken);
    }

    public Task<Sending?> FindWaitingAsync(Guid id, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, via, kind, user_id, contact_id, conversation_id, about_id, body, attempts, created_at
            from sendings
            where id = @id and status = 'waiting'
            for no key update
            """;

        return db.FindAsync<Sending>(sql, new { id }, cancellationToken);
    }

    public async Task<SendingSubject> SubjectAsync(Sending sending, CancellationToken cancellationToken)
    {
        const string sql = """
            select p.name as program_name, e.kind as escalation_type, e.urgency, e.reference_number
            from (select @ConversationId::uuid as conversation_id, @AboutId::uuid as about_id) s
            left join conversations c on c.id = s.conversation_id
            left join programs p on p.affiliate_id = c.affiliate_id and p.id = c.program_id
            left join escalations e on e.id = s.about_id
            """;

        return (await db.FindAsync<SendingSubject>(sql, new { sending.ConversationId, sending.AboutId }, cancellationToken))!;
    }

    public Task SaveAsync(Guid id, SendingStatus status, int attempts, string? code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            update sendings
            set status = @status, attempts = @attempts, code = @code, ended_at = case when @status = 'waiting' then null else @now end
            where id = @id
            """;

        return db.ExecuteAsync(sql, new { id, status, attempts, code, now }, cancellationToken);
    }

    // Who is on call does not wait behind what staff are told, nor one contact's webhook behind another's.
    private static string LaneOf(Sending sending) => (sending.Via, sending.ContactId) switch
    {
        (SendingWay.Email, not null) => "email/on-call",
        (SendingWay.Email, null) => "email",
        (SendingWay.Webhook, { } contact) => $"webhook/{contact.Value}",
        _ => "text",
    };
}
