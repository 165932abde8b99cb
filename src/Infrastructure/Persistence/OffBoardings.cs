using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.OffBoarding;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Messaging;
using MediatR;

namespace Chat.Infrastructure.Persistence;

internal sealed class OffBoardings(DbSession db, IPurge purge, ChannelDirectory channels, Wake wake) : IOffBoardings, IRequestHandler<GetOffBoarding, OffBoardingView>
{
    private const int MostAtOnce = 50;

    /// <summary>What stays of an affiliate: who did what, and that it has gone. Ids only.</summary>
    private static readonly string[] Kept = ["audit_entries", "audit_links", "off_boardings"];

    public Task<OffBoardingView> Handle(GetOffBoarding query, CancellationToken cancellationToken) => GetAsync(new(query.AffiliateId), cancellationToken);

    public async Task<OffBoardingView> BeginAsync(AffiliateId affiliate, UserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into off_boardings (id, affiliate_id, begun_by, begun_at)
            values (@Id, @affiliate, @by, @now)
            on conflict do nothing
            """;

        await db.ExecuteAsync(sql, new { Id = Guid.CreateVersion7(now), affiliate, by, now }, cancellationToken);
        db.Touch(affiliate.Value);
        return await GetAsync(affiliate, cancellationToken);
    }

    public async Task<OffBoardingView> GetAsync(AffiliateId affiliate, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, affiliate_id, begun_by, begun_at, exported_at, confirmed_by, confirmed_at, completed_at, destroyed::text as destroyed, keys
            from off_boardings
            where affiliate_id = @affiliate
            order by id desc
            limit 1
            """;

        return (await db.FindAsync<Row>(sql, new { affiliate }, cancellationToken))?.Show() ?? throw new NotFoundException("The off-boarding");
    }

    public async Task<bool> IsConfirmedAsync(AffiliateId affiliate, CancellationToken cancellationToken)
    {
        const string turn = "select id from affiliates where id = @affiliate for no key update";
        const string sql = "select exists (select from off_boardings where affiliate_id = @affiliate and confirmed_at is not null and completed_at is null)";

        await db.ExecuteAsync(turn, new { affiliate }, cancellationToken);
        return await db.FindAsync<bool>(sql, new { affiliate }, cancellationToken);
    }

    public Task<bool> IsHeldBackAsync(CancellationToken cancellationToken) =>
        db.FindAsync<bool>("select exists (select from legal_holds)", new { }, cancellationToken);

    public async Task ConfirmAsync(Guid id, UserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "update off_boardings set confirmed_by = @by, confirmed_at = @now where id = @id and confirmed_at is null";

        await db.ExecuteAsync(sql, new { id, by, now }, cancellationToken);
        db.Touch(id);
        db.OnCommit(wake.Purges.Set);
    }

    public Task RecordExportAsync(AffiliateId affiliate, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "update off_boardings set exported_at = @now where affiliate_id = @affiliate and confirmed_at is null";

        return db.ExecuteAsync(sql, new { affiliate, now }, cancellationToken);
    }

    public async Task<bool> DeleteSomeAsync(AffiliateId affiliate, CancellationToken cancellationToken)
    {
        const string conversations = "select id from conversations order by id limit @MostAtOnce for update";
        const string texters = "select id from texters order by id limit @MostAtOnce for update";

        var talks = await db.ListAsync<ConversationId>(conversations, new { MostAtOnce }, cancellationToken);
        var people = talks.Count > 0 ? [] : await db.ListAsync<TexterId>(texters, new { MostAtOnce }, cancellationToken);
        if (talks.Count + people.Count > 0)
        {
            await AddAsync(affiliate, await purge.DeleteAsync(talks, people, PurgeCause.Ledger, null, cancellationToken), cancellationToken);
            return true;
        }

        await AddAsync(affiliate, await DeleteTheRestAsync(affiliate, cancellationToken), cancellationToken);
        db.Touch(affiliate.Value);
        db.OnCommit(channels.Forget);
        return false;
    }

    public Task CompleteAsync(AffiliateId affiliate, long keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string sql = "update off_boardings set completed_at = @now, keys = @keys where affiliate_id = @affiliate and completed_at is null and confirmed_at is not null";

        return db.ExecuteAsync(sql, new { affiliate, keys, now }, cancellationToken);
    }

    /// <summary>Every table that says whose its rows are, those that refer to others first: what is added to the schema later goes too.</summary>
    private async Task<Dictionary<string, int>> DeleteTheRestAsync(AffiliateId affiliate, CancellationToken cancellationToken)
    {
        const string tables = """
            select c.relname
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'affiliate_id' and not a.attisdropped
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> all(@Kept)
            order by c.relname
            """;
        const string references = """
            select f.relname as source, t.relname as target
            from pg_constraint k
            join pg_class f on f.oid = k.conrelid
            join pg_class t on t.oid = k.confrelid
            where k.contype = 'f' and k.connamespace = 'public'::regnamespace and f.oid <> t.oid
            """;
        const string answers = """
            delete from idempotency_keys
            where caller_id in (
                select user_id from sign_ins where affiliate_id = @affiliate union all select key_id from api_key_hashes where affiliate_id = @affiliate)
            """;
        const string itself = "delete from affiliates where id = @affiliate";

        var counts = new Dictionary<string, int>();
        await CountAsync("idempotency_keys", answers);
        var left = (await db.ListAsync<string>(tables, new { Kept }, cancellationToken)).ToList();
        var refer = (await db.ListAsync<(string Source, string Target)>(references, new { }, cancellationToken)).ToLookup(one => one.Target, one => one.Source);
        while (left.FirstOrDefault(table => !refer[table].Intersect(left).Any()) is { } next)
        {
            await CountAsync(next, $"delete from {next} where affiliate_id = @affiliate");
            left.Remove(next);
        }

        await CountAsync("affiliates", itself);
        return counts;

        async Task CountAsync(string table, string sql)
        {
            if (await db.ExecuteAsync(sql, new { affiliate }, cancellationToken) is > 0 and var count)
            {
                counts[table] = count;
            }
        }
    }

    private async Task AddAsync(AffiliateId affiliate, IReadOnlyDictionary<string, int> counts, CancellationToken cancellationToken)
    {
        const string read = "select destroyed::text from off_boardings where affiliate_id = @affiliate and completed_at is null for update";
        const string write = "update off_boardings set destroyed = @Destroyed::jsonb where affiliate_id = @affiliate and completed_at is null";

        if (await db.FindAsync<string>(read, new { affiliate }, cancellationToken) is { } json)
        {
            var sum = JsonSerializer.Deserialize<Dictionary<string, int>>(json)!;
            foreach (var (table, count) in counts)
            {
                sum[table] = sum.GetValueOrDefault(table) + count;
            }

            await db.ExecuteAsync(write, new { affiliate, Destroyed = JsonSerializer.Serialize(sum) }, cancellationToken);
        }
    }

    private sealed record Row(
        Guid Id, Guid AffiliateId, Guid BegunBy, DateTimeOffset BegunAt, DateTimeOffset? ExportedAt, Guid? ConfirmedBy, DateTimeOffset? ConfirmedAt,
        DateTimeOffset? CompletedAt, string Destroyed, long Keys)
    {
        public OffBoardingView Show() => new(
            Id, AffiliateId, CompletedAt is not null ? "completed" : ConfirmedAt is not null ? "confirmed" : "begun", BegunBy, BegunAt, ExportedAt, ConfirmedBy,
            ConfirmedAt, CompletedAt, JsonSerializer.Deserialize<Dictionary<string, int>>(Destroyed)!, Keys);
    }
}
