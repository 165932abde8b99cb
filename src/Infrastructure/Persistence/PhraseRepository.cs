using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Triage;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Triage;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>What a phrase looks for, and what is noted about it: sealed under its affiliate's key.</summary>
internal static class PhraseSecrets
{
    public const string Pattern = "pattern";
    public const string Note = "note";

    public static byte[] Seal(AffiliateKeys keys, Guid phrase, string column, string text) => keys.Fields.Seal(PlaceOf(keys, phrase, column), text);

    public static string Open(AffiliateKeys keys, Guid phrase, string column, byte[] envelope) =>
        keys.Fields.OpenText(PlaceOf(keys, phrase, column), envelope);

    public static string? OpenOrNull(AffiliateKeys keys, Guid phrase, string column, byte[]? envelope) =>
        keys.Fields.OpenTextOrNull(PlaceOf(keys, phrase, column), envelope);

    private static Place PlaceOf(AffiliateKeys keys, Guid phrase, string column) => new(keys.Affiliate, "triage_phrases", column, phrase);
}

internal sealed class PhraseRepository(DbSession db, Keyring keyring, TriageRules rules) : IPhraseRepository
{
    public async Task<Phrase> GetAsync(PhraseId id, CancellationToken cancellationToken)
    {
        const string sql = """
            select id, program_id, language, cue, pattern, note, status, written_by, approved_by, approved_at, version, created_at, updated_at
            from triage_phrases
            where id = @id
            for no key update
            """;

        var row = await db.FindAsync<Row>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The phrase");
        return row.Open(await keyring.OfAsync(db.Affiliate.Value, cancellationToken));
    }

    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        const string row = """
            insert into triage_revisions (affiliate_id)
            values (@Affiliate)
            on conflict (affiliate_id) do update
            set approved = triage_revisions.approved
            """;
        const string sql = "select count(*)::int from triage_phrases where status <> 'retired'";

        await db.ExecuteAsync(row, new { db.Affiliate }, cancellationToken);
        return await db.FindAsync<int>(sql, new { }, cancellationToken);
    }

    public async Task AddAsync(Phrase phrase, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into triage_phrases (
                id, program_id, language, cue, pattern, note, status, written_by, approved_by, approved_at, version, created_at, updated_at)
            values (
                @Id, @ProgramId, @Language, @Cue, @Pattern, @Note, @Status, @WrittenBy, @ApprovedBy, @ApprovedAt, @Version, @CreatedAt, @UpdatedAt)
            """;

        await WriteAsync(sql, phrase, cancellationToken);
        await db.AddResourceAsync(phrase.Key, AdminResources.TriagePhrase, cancellationToken);
        await CountUpAsync(PhraseStatus.Draft, phrase.Status, cancellationToken);
    }

    public async Task SaveAsync(Phrase phrase, PhraseStatus before, CancellationToken cancellationToken)
    {
        const string sql = """
            update triage_phrases
            set program_id = @ProgramId, language = @Language, cue = @Cue, pattern = @Pattern, note = @Note, status = @Status, written_by = @WrittenBy,
                approved_by = @ApprovedBy, approved_at = @ApprovedAt, version = @Version, updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        await WriteAsync(sql, phrase, cancellationToken);
        await CountUpAsync(before, phrase.Status, cancellationToken);
    }

    public async Task DeleteAsync(Phrase phrase, CancellationToken cancellationToken)
    {
        const string sql = "delete from triage_phrases where id = @Id and version = @Version";

        await db.WriteAsync(sql, phrase, new { phrase.Id, phrase.Version }, cancellationToken);
        await db.RemoveResourceAsync(phrase.Key, cancellationToken);
        await CountUpAsync(phrase.Status, PhraseStatus.Draft, cancellationToken);
    }

    private async Task WriteAsync(string sql, Phrase phrase, CancellationToken cancellationToken)
    {
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        var parameters = new
        {
            phrase.Id, ProgramId = phrase.ProgramId?.Value, phrase.Language, phrase.Cue, phrase.Status, phrase.WrittenBy,
            Pattern = PhraseSecrets.Seal(keys, phrase.Key, PhraseSecrets.Pattern, phrase.Pattern),
            Note = phrase.Note is null ? null : PhraseSecrets.Seal(keys, phrase.Key, PhraseSecrets.Note, phrase.Note),
            ApprovedBy = phrase.ApprovedBy?.Value, ApprovedAt = phrase.ApprovedAt?.UtcDateTime, phrase.Version, phrase.CreatedAt, phrase.UpdatedAt,
        };
        try
        {
            await db.WriteAsync(sql, phrase, parameters, cancellationToken);
        }
        catch (PostgresException missing) when (missing.ConstraintName == "triage_phrases_affiliate_id_program_id_fkey")
        {
            throw new NotFoundException("The program");
        }
    }

    // All instances see by it that there is something to compile; this one need not wait for its next look.
    private async Task CountUpAsync(PhraseStatus before, PhraseStatus after, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into triage_revisions (affiliate_id, approved, in_shadow)
            values (@Affiliate, @Approved, @InShadow)
            on conflict (affiliate_id) do update
            set approved = triage_revisions.approved + @Approved, in_shadow = triage_revisions.in_shadow + @InShadow
            """;

        var approved = before == PhraseStatus.Approved != (after == PhraseStatus.Approved) ? 1L : 0;
        var inShadow = before == PhraseStatus.InShadow || after == PhraseStatus.InShadow ? 1L : 0;
        if (approved + inShadow > 0)
        {
            await db.ExecuteAsync(sql, new { db.Affiliate, Approved = approved, InShadow = inShadow }, cancellationToken);
            db.OnCommit(rules.Look);
        }
    }

    private sealed record Row(
        PhraseId Id, Guid? ProgramId, string Language, string Cue, byte[] Pattern, byte[]? Note, PhraseStatus Status, UserId WrittenBy, Guid? ApprovedBy,
        DateTimeOffset? ApprovedAt, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public Phrase Open(AffiliateKeys keys) => new(
            Id, ProgramId is { } program ? new ProgramId(program) : null, Language, Cue, PhraseSecrets.Open(keys, Id.Value, PhraseSecrets.Pattern, Pattern),
            Note is null ? null : PhraseSecrets.Open(keys, Id.Value, PhraseSecrets.Note, Note), Status, WrittenBy,
            ApprovedBy is { } approver ? new UserId(approver) : null, ApprovedAt, Version, CreatedAt, UpdatedAt);
    }
}
