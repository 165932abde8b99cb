using Chat.Application.Common;
using Chat.Application.Triage;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ReportChangesHandler(DbSession db, TimeProvider clock) : IRequestHandler<ReportChanges, ChangesReport>
{
    // What people have judged, each with what triage had said since somebody judged the conversation before. The span is one of ids too,
    // by the index of people's changes.
    private const string Judged = """
        select r.id, r.conversation_id, c.program_id, r.at, r.from_level, r.to_level, coalesce(fired.version, r.triage_version) as version, r.language,
               coalesce(fired.rules, '{}') as rules
        from risk_changes r
        join conversations c on c.affiliate_id = r.affiliate_id and c.id = r.conversation_id
        left join lateral (
            select max(t.triage_version) as version, array_agg(distinct rule order by rule) as rules
            from risk_changes t, unnest(t.rules) rule
            where t.affiliate_id = r.affiliate_id and t.conversation_id = r.conversation_id and t.by_id is null and t.id < r.id
                and not exists (
                    select from risk_changes p
                    where p.affiliate_id = r.affiliate_id and p.conversation_id = r.conversation_id and p.by_id is not null and p.id > t.id and p.id < r.id)
        ) fired on true
        where r.by_id is not null and r.id >= @First and r.id < @Beyond and (@ProgramId::uuid is null or c.program_id = @ProgramId)
        """;

    public async Task<ChangesReport> Handle(ReportChanges query, CancellationToken cancellationToken)
    {
        const string counts = $"""
            select version, language, from_level, to_level, count(*) as count
            from ({Judged}) judged
            group by version, language, from_level, to_level
            order by count desc, from_level, to_level, version, language
            """;
        const string missed = $"""
            select version, language, from_level, to_level, count(*) as count
            from ({Judged}) judged
            where cardinality(rules) = 0 and array_position(@Levels, to_level) > array_position(@Levels, from_level)
            group by version, language, from_level, to_level
            order by count desc, from_level, to_level, version, language
            """;
        const string lowered = $"""
            select version, language, rule, count(*) as count
            from ({Judged}) judged, unnest(rules) rule
            where array_position(@Levels, to_level) < array_position(@Levels, from_level)
            group by version, language, rule
            order by count desc, rule, version, language
            """;
        const string page = $"""
            {Judged}
                and (@After::uuid is null or r.id < @After)
            order by r.id desc
            limit @Take
            """;

        var (from, to) = SpanOfReport.Of(query.From, query.To, clock.GetUtcNow());
        var parameters = new
        {
            First = IdsOfTime.FirstOf(from.ToUnixTimeMilliseconds()), Beyond = IdsOfTime.FirstOf(to.ToUnixTimeMilliseconds() + 1), query.ProgramId,
            Levels = Domain.Common.Wire.All<Domain.Conversations.RiskLevel>().ToArray(), After = query.After(), Take = query.Size() + 1,
        };
        var items = Page.Of(
            await db.ListAsync<ChangedLevel>(page, parameters, cancellationToken), query.Size(), change => Paging.CursorOf(change.Id));
        return new ChangesReport(
            from, to, await db.ListAsync<LevelCount>(counts, parameters, cancellationToken), await db.ListAsync<RuleCount>(lowered, parameters, cancellationToken),
            await db.ListAsync<LevelCount>(missed, parameters, cancellationToken), items.Items, items.NextCursor);
    }
}
