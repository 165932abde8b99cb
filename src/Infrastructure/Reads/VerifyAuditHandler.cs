using System.Security.Cryptography;
using Chat.Application.Audit;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class VerifyAuditHandler(DbSession db, Keyring keyring) : IRequestHandler<VerifyAudit, AuditVerification>
{
    private const int MostAtOnce = 2_000;
    private const int MostInACall = 100_000;

    public async Task<AuditVerification> Handle(VerifyAudit query, CancellationToken cancellationToken)
    {
        var key = await AuditChain.KeyAsync(keyring, db.Affiliate.Value, cancellationToken);
        var first = query.From ?? 1;
        var head = await BeforeAsync(first, cancellationToken);
        var (fault, isChecked, next) = (head is null && first > 1 ? new AuditFault("missing_link", first - 1, null) : null, 0L, first);
        var isMore = true;
        while (fault is null && isMore && isChecked < MostInACall)
        {
            var rows = await LinksAsync(next, cancellationToken);
            foreach (var row in rows)
            {
                fault = Look(key, head?.Mac ?? AuditChain.Beginning, next, row);
                if (fault is not null)
                {
                    break;
                }

                (head, next, isChecked) = (row, next + 1, isChecked + 1);
            }

            isMore = rows.Count == MostAtOnce;
        }

        fault ??= await HoldAgainstAsync(query, cancellationToken);
        var (unlinked, oldest) = await db.FindAsync<(long, DateTimeOffset?)>(
            """
            select count(*), min(e.at)
            from audit_entries e
            where not exists (select from audit_links l where l.affiliate_id = e.affiliate_id and l.entry_id = e.id)
            """,
            new { }, cancellationToken);
        return new AuditVerification(
            fault is null, fault, isChecked, fault is null && isMore ? next : null,
            head is null ? null : new AuditCheckpoint(head.Number, Convert.ToHexStringLower(head.Mac), head.LaidAt), unlinked, oldest);
    }

    private static AuditFault? Look(byte[] key, byte[] before, long expected, Row row) =>
        row.Number != expected ? new AuditFault("missing_link", expected, null)
        : row.Id is null ? new AuditFault("missing_entry", row.Number, row.EntryId)
        : !CryptographicOperations.FixedTimeEquals(row.Mac, AuditChain.Link(key, before, row.Number, row.Entry)) ? new AuditFault("altered", row.Number, row.EntryId)
        : null;

    private async Task<AuditFault?> HoldAgainstAsync(VerifyAudit query, CancellationToken cancellationToken)
    {
        const string sql = "select mac from audit_links where number = @CheckpointNumber";

        return query is not { CheckpointNumber: { } number, CheckpointMac: { } mac } ? null
            : await db.FindAsync<byte[]?>(sql, new { query.CheckpointNumber }, cancellationToken) is not { } now ? new AuditFault("checkpoint_missing", number, null)
            : !now.AsSpan().SequenceEqual(Convert.FromHexString(mac)) ? new AuditFault("checkpoint_mismatch", number, null)
            : null;
    }

    private Task<Row?> BeforeAsync(long first, CancellationToken cancellationToken)
    {
        const string sql = "select number, entry_id, mac, laid_at from audit_links where number = @Before";

        return db.FindAsync<Row>(sql, new { Before = first - 1 }, cancellationToken);
    }

    private Task<IReadOnlyList<Row>> LinksAsync(long from, CancellationToken cancellationToken)
    {
        const string sql = """
            select l.number, l.entry_id, l.mac, l.laid_at, e.id, e.action, e.actor_id, e.subjects, e.request_id, e.at
            from audit_links l
            left join audit_entries e on e.affiliate_id = l.affiliate_id and e.id = l.entry_id
            where l.number >= @from
            order by l.number
            limit @MostAtOnce
            """;

        return db.ListAsync<Row>(sql, new { from, MostAtOnce }, cancellationToken);
    }

    private sealed class Row
    {
        public long Number { get; init; }

        public Guid EntryId { get; init; }

        public byte[] Mac { get; init; } = [];

        public DateTimeOffset LaidAt { get; init; }

        public Guid? Id { get; init; }

        public string Action { get; init; } = "";

        public Guid? ActorId { get; init; }

        public Guid[] Subjects { get; init; } = [];

        public string RequestId { get; init; } = "";

        public DateTimeOffset At { get; init; }

        public AuditChain.Entry Entry => new(EntryId, Action, ActorId, Subjects, RequestId, At);
    }
}
