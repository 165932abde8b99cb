using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Triage;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class PhraseViews(DbSession db, Keyring keyring, AdminLists lists)
    : IPhraseViews, IRequestHandler<GetPhrase, PhraseView>, IRequestHandler<ListPhrases, Page<PhraseView>>
{
    private const string Select = """
        select id, affiliate_id, program_id, language, cue, pattern, note, status, written_by, approved_by, approved_at, version, created_at, updated_at
        from triage_phrases
        """;

    public Task<PhraseView> Handle(GetPhrase query, CancellationToken cancellationToken) => ShowAsync(new(query.PhraseId), cancellationToken);

    public async Task<PhraseView> ShowAsync(PhraseId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where id = @id
            """;

        var row = await db.FindAsync<Row>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The phrase");
        return Show(await keyring.OfAsync(row.AffiliateId, cancellationToken), row);
    }

    public Task<Page<PhraseView>> Handle(ListPhrases query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where {AdminRows.Condition}
                and (@ProgramId::uuid is null or program_id = @ProgramId) and (@Language::text is null or language = @Language)
                and (@Status::text is null or status = @Status)
            order by id
            limit @Take
            """;

        return lists.ReadAsync<PhraseView>(
            AdminResources.TriagePhrase, query, query.AffiliateId, query.ProgramId,
            async wanted =>
            {
                var rows = await db.ListAsync<Row>(
                    sql, new { wanted.Ids, wanted.After, wanted.Take, query.ProgramId, query.Language, query.Status }, cancellationToken);
                var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
                return [.. rows.Select(row => Show(keys, row))];
            },
            view => view.Id, cancellationToken);
    }

    private static PhraseView Show(AffiliateKeys keys, Row row) => new(
        row.Id, row.AffiliateId, row.ProgramId, row.Language, row.Cue, PhraseSecrets.OpenOrNull(keys, row.Id, PhraseSecrets.Pattern, row.Pattern),
        PhraseSecrets.OpenOrNull(keys, row.Id, PhraseSecrets.Note, row.Note), row.Status, row.WrittenBy, row.ApprovedBy, row.ApprovedAt, row.Version, row.CreatedAt,
        row.UpdatedAt);

    private sealed record Row(
        Guid Id, Guid AffiliateId, Guid? ProgramId, string Language, string Cue, byte[] Pattern, byte[]? Note, string Status, Guid WrittenBy,
        Guid? ApprovedBy, DateTimeOffset? ApprovedAt, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
}
