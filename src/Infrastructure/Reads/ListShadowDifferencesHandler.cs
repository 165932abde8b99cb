using Chat.Application.Common;
using Chat.Application.Triage;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ListShadowDifferencesHandler(DbSession db, TimeProvider clock) : IRequestHandler<ListShadowDifferences, ShadowReport>
{
    private const string Found = """
        from shadow_differences d
        join conversations c on c.affiliate_id = d.affiliate_id and c.id = d.conversation_id
        where d.id >= @First and d.id < @Beyond and (@ProgramId::uuid is null or c.program_id = @ProgramId)
        """;

    public async Task<ShadowReport> Handle(ListShadowDifferences query, CancellationToken cancellationToken)
    {
        const string counts = $"""
            select d.shadow_version as version, d.language, d.live_level, d.shadow_level, count(*) as count
            {Found}
            group by d.shadow_version, d.language, d.live_level, d.shadow_level
            order by count desc, d.shadow_version, d.live_level, d.shadow_level, d.language
            """;
        const string page = $"""
            select d.id, d.conversation_id, c.program_id, d.sequence, d.at, d.live_version, d.shadow_version, d.live_level, d.shadow_level, d.live_rules,
                   d.shadow_rules, d.language
            {Found}
                and (@After::uuid is null or d.id < @After)
            order by d.id desc
            limit @Take
            """;

        var (from, to) = SpanOfReport.Of(query.From, query.To, clock.GetUtcNow());
        var parameters = new
        {
            First = IdsOfTime.FirstOf(from.ToUnixTimeMilliseconds()), Beyond = IdsOfTime.FirstOf(to.ToUnixTimeMilliseconds() + 1), query.ProgramId,
            After = query.After(), Take = query.Size() + 1,
        };
        var items = Page.Of(
            await db.ListAsync<ShadowDifferenceView>(page, parameters, cancellationToken), query.Size(), difference => Paging.CursorOf(difference.Id));
        return new ShadowReport(from, to, await db.ListAsync<ShadowCount>(counts, parameters, cancellationToken), items.Items, items.NextCursor);
    }
}
