using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Messaging;

namespace Chat.Infrastructure.Persistence;

internal sealed class PurgeStore(DbSession db, PurgeLedger ledger, Wake wake) : IPurge
{
    /// <summary>
    /// What is deleted of a conversation and of a texter, by table: what refers to others comes before them. A test holds it against the
    /// schema, so that no table that names either is left out.
    /// </summary>
    private static readonly (string Table, string Sql)[] Deletes =
    [
        ("survey_answers", "delete from survey_answers where response_id in (select id from survey_responses where conversation_id = any(@Conversations))"),
        ("survey_responses", "delete from survey_responses where conversation_id = any(@Conversations)"),
        ("escalation_steps", "delete from escalation_steps where escalation_id in (select id from escalations where conversation_id = any(@Conversations))"),
        ("due_jobs", """
            delete from due_jobs
            where affiliate_id = @Affiliate and (subject_id = any(@Conversations)
                or subject_id in (select id from escalations where conversation_id = any(@Conversations))
                or subject_id in (select id from sendings where conversation_id = any(@Conversations)))
            """),
        ("sendings", "delete from sendings where conversation_id = any(@Conversations)"),
        ("notifications", "delete from notifications where conversation_id = any(@Conversations)"),
        ("escalations", "delete from escalations where conversation_id = any(@Conversations)"),
        ("risk_changes", "delete from risk_changes where conversation_id = any(@Conversations)"),
        ("conversation_summaries", "delete from conversation_summaries where conversation_id = any(@Conversations)"),
        ("shadow_differences", "delete from shadow_differences where conversation_id = any(@Conversations)"),
        ("reports", "delete from reports where conversation_id = any(@Conversations)"),
        ("follow_ups", "delete from follow_ups where conversation_id = any(@Conversations)"),
        ("delivery_receipts", "delete from delivery_receipts where conversation_id = any(@Conversations)"),
        ("deliveries", "delete from deliveries where affiliate_id = @Affiliate and conversation_id = any(@Conversations)"),
        ("webhook_deliveries", "delete from webhook_deliveries where affiliate_id = @Affiliate and conversation_id = any(@Conversations)"),
        ("conversation_transitions", "delete from conversation_transitions where conversation_id = any(@Conversations)"),
        ("inbox", """
            delete from inbox i
            using messages m, conversations c
            where m.conversation_id = any(@Conversations) and c.id = m.conversation_id
                and i.channel_id = c.channel_id and i.provider_message_id = m.provider_message_id
            """),
        ("messages", "delete from messages where conversation_id = any(@Conversations)"),
        ("legal_holds", "delete from legal_holds where conversation_id = any(@Conversations)"),
        ("conversations", "delete from conversations where id = any(@Conversations)"),
        ("texter_addresses", "delete from texter_addresses where texter_id = any(@Texters)"),
        ("texter_notes", "delete from texter_notes where texter_id = any(@Texters)"),
        ("texter_blocks", "delete from texter_blocks where texter_id = any(@Texters)"),
        ("stopped_texters", "delete from stopped_texters where texter_id = any(@Texters)"),

        // In an older copy somebody else's conversation may still be theirs.
        ("texters", "delete from texters t where t.id = any(@Texters) and not exists (select from conversations c where c.texter_id = t.id)"),
        ("idempotency_keys", """
            delete from idempotency_keys
            where exists (select from unnest(@Conversations || @Texters) owner where position(owner::text in lower(route)) > 0)
            """),
    ];

    /// <summary>The tables that a purge deletes from.</summary>
    public static IEnumerable<string> Tables => Deletes.Select(delete => delete.Table);

    public async Task<IReadOnlyList<ConversationId>> LockDueAsync(IReadOnlyCollection<Guid> among, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            select c.id
            from conversations c
            join affiliates a on a.id = c.affiliate_id
            where c.id = any(@Among) and c.state in ('closed', 'expired', 'failed') and c.closed_at < @now - make_interval(days => a.data_retention_days)
            order by c.id
            for update of c skip locked
            """;

        // A second statement: it sees what was held back by whoever had the lock before.
        const string held = "select conversation_id from legal_holds where conversation_id = any(@Due)";

        var due = await db.ListAsync<Guid>(sql, new { Among = among.ToArray(), now }, cancellationToken);
        var kept = await db.ListAsync<Guid>(held, new { Due = due.ToArray() }, cancellationToken);
        return [.. due.Except(kept).Select(id => new ConversationId(id))];
    }

    public async Task<IReadOnlyList<TexterId>> LockAloneAsync(
        IReadOnlyCollection<ConversationId> without, IReadOnlyCollection<Guid> among, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            select t.id
            from texters t
            join affiliates a on a.id = t.affiliate_id
            where t.id in (select c.texter_id from conversations c where c.id = any(@Without) union all select unnest(@Among))
                and t.created_at < @now - make_interval(days => a.data_retention_days)
            order by t.id
            for update of t skip locked
            """;

        // Who writes at this moment waits for our lock, and is somebody new afterwards; who has written just before is seen here.
        const string others = """
            select texter_id
            from conversations
            where texter_id = any(@Locked) and id <> all(@Without)
            union all
            select texter_id
            from texter_blocks
            where texter_id = any(@Locked) and ended_at is null and (until is null or until > @now)
            """;

        var parameters = new { Without = without.Select(id => id.Value).ToArray(), Among = among.ToArray(), now };
        var locked = await db.ListAsync<Guid>(sql, parameters, cancellationToken);
        var stay = await db.ListAsync<Guid>(others, new { Locked = locked.ToArray(), parameters.Without, now }, cancellationToken);
        return [.. locked.Except(stay).Select(id => new TexterId(id))];
    }

    public async Task<TexterToErase> LockTexterAsync(TexterId texter, CancellationToken cancellationToken)
    {
        const string conversations = "select id from conversations where texter_id = @texter order by id for update";
        const string lockTexter = "select id from texters where id = @texter for update";
        const string known = """
            select c.id, c.state not in ('closed', 'expired', 'failed') as is_open, h.conversation_id is not null as is_held
            from conversations c
            left join legal_holds h on h.conversation_id = c.id
            where c.texter_id = @texter
            order by c.id
            """;

        // Conversations first, as everywhere. What has begun since then is open, and is seen in the end.
        await db.ListAsync<Guid>(conversations, new { texter }, cancellationToken);
        _ = await db.FindAsync<Guid?>(lockTexter, new { texter }, cancellationToken) ?? throw new NotFoundException("The texter");
        var rows = await db.ListAsync<KnownRow>(known, new { texter }, cancellationToken);
        return new TexterToErase([.. rows.Select(row => row.Id)], rows.Any(row => row.IsHeld), rows.Any(row => row.IsOpen));
    }

    public async Task<IReadOnlyDictionary<string, int>> DeleteAsync(
        IReadOnlyCollection<ConversationId> conversations, IReadOnlyCollection<TexterId> texters, PurgeCause cause, Guid? causeId,
        CancellationToken cancellationToken)
    {
        var (talks, people) = (conversations.Select(id => id.Value).ToArray(), texters.Select(id => id.Value).ToArray());
        if (talks.Length + people.Length == 0)
        {
            return new Dictionary<string, int>();
        }

        if (cause != PurgeCause.Ledger)
        {
            await ledger.BeginAsync(db.Affiliate.Value, talks, people, Wire.Name(cause), causeId, cancellationToken);
        }

        var counts = new Dictionary<string, int>();
        foreach (var (table, sql) in Deletes)
        {
            if (await db.ExecuteAsync(sql, new { Affiliate = db.Affiliate.Value, Conversations = talks, Texters = people }, cancellationToken) is > 0 and var count)
            {
                counts[table] = count;
            }
        }

        foreach (var id in talks.Concat(people))
        {
            db.Touch(id);
        }

        db.OnCommit(wake.Purges.Set);
        return counts;
    }

    private sealed record KnownRow(ConversationId Id, bool IsOpen, bool IsHeld);
}
