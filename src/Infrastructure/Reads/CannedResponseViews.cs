using Chat.Application.CannedResponses;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class CannedResponseViews(DbSession db, AdminLists lists, ICaller caller)
    : ICannedResponseViews, IRequestHandler<GetCannedResponse, CannedResponseView>, IRequestHandler<ListCannedResponses, Page<CannedResponseView>>
{
    // Responders work in their programs only.
    private const string Select = """
        select id, affiliate_id, program_id, title, body, version, created_at, updated_at
        from canned_responses
        where (@SeesAll or program_id in (select program_id from user_programs where user_id = @Me))
        """;

    private bool SeesAll => caller.SeesAll() || caller.May(Permission.ManagePrograms);

    public Task<CannedResponseView> Handle(GetCannedResponse query, CancellationToken cancellationToken) =>
        ShowAsync(new(query.CannedResponseId), cancellationToken);

    public async Task<CannedResponseView> ShowAsync(CannedResponseId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
                and id = @id
            """;

        return await db.FindAsync<CannedResponseView>(sql, new { id, SeesAll, Me = caller.UserId }, cancellationToken)
            ?? throw new NotFoundException("The canned response");
    }

    public Task<Page<CannedResponseView>> Handle(ListCannedResponses query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
                and {AdminRows.Condition} and (@ProgramId::uuid is null or program_id = @ProgramId)
            order by id
            limit @Take
            """;

        return lists.ReadAsync(
            AdminResources.CannedResponse, query, query.AffiliateId, query.ProgramId,
            wanted => db.ListAsync<CannedResponseView>(
                sql, new { wanted.Ids, wanted.After, wanted.Take, query.ProgramId, SeesAll, Me = caller.UserId }, cancellationToken),
            view => view.Id, cancellationToken);
    }
}
