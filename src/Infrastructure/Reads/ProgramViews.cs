using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Programs;
using Chat.Domain.Common;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ProgramViews(DbSession db, AdminLists lists)
    : IProgramViews, IRequestHandler<GetProgram, ProgramView>, IRequestHandler<ListPrograms, Page<ProgramView>>
{
    private const string Select = """
        select id, affiliate_id, name, short_code, description, status, settings::text as settings,
               array(
                   select distinct c.provider
                   from channels c
                   where c.affiliate_id = p.affiliate_id and c.program_id = p.id
                   order by c.provider) as providers,
               version, created_at, updated_at
        from programs p
        """;

    public Task<ProgramView> Handle(GetProgram query, CancellationToken cancellationToken) =>
        ShowAsync(new(query.ProgramId), cancellationToken);

    public async Task<ProgramView> ShowAsync(ProgramId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where id = @id
            """;

        return (await db.FindAsync<Row>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The program")).Show();
    }

    public Task<Page<ProgramView>> Handle(ListPrograms query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where {AdminRows.Condition} and (@Status::text is null or status = @Status)
            order by id
            limit @Take
            """;

        return lists.ReadAsync<ProgramView>(
            AdminResources.Program, query, query.AffiliateId, program: null,
            async wanted =>
            {
                var rows = await db.ListAsync<Row>(sql, new { wanted.Ids, wanted.After, wanted.Take, query.Status }, cancellationToken);
                return [.. rows.Select(row => row.Show())];
            },
            view => view.Id, cancellationToken);
    }

    private sealed record Row(
        Guid Id, Guid AffiliateId, string Name, string? ShortCode, string? Description, string Status, string Settings, string[] Providers,
        long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public ProgramView Show() =>
            new(
                Id, AffiliateId, Name, ShortCode, Description, Status,
                JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Settings)!, Providers, Version, CreatedAt, UpdatedAt);
    }
}
