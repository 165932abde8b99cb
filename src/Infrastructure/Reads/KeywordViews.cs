using Chat.Application.Common;
using Chat.Application.Keywords;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class KeywordViews(DbSession db, AdminLists lists)
    : IKeywordViews, IRequestHandler<GetKeyword, KeywordView>, IRequestHandler<ListKeywords, Page<KeywordView>>
{
    private const string Select = """
        select id, affiliate_id, program_id, keyword, action, sub_program, response, version, created_at, updated_at
        from keywords
        """;

    public Task<KeywordView> Handle(GetKeyword query, CancellationToken cancellationToken) =>
        ShowAsync(new(query.KeywordId), cancellationToken);

    public async Task<KeywordView> ShowAsync(KeywordId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where id = @id
            """;

        return await db.FindAsync<KeywordView>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The keyword");
    }

    public Task<Page<KeywordView>> Handle(ListKeywords query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where {AdminRows.Condition} and (@ProgramId::uuid is null or program_id = @ProgramId)
            order by id
            limit @Take
            """;

        return lists.ReadAsync(
            AdminResources.Keyword, query, query.AffiliateId, query.ProgramId,
            wanted => db.ListAsync<KeywordView>(sql, new { wanted.Ids, wanted.After, wanted.Take, query.ProgramId }, cancellationToken),
            view => view.Id, cancellationToken);
    }
}
