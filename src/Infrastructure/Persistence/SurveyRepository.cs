using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

internal sealed class SurveyRepository(DbSession db) : ISurveyRepository
{
    private const string Columns = """
        id, program_id, type, title, language, questions::text as questions, expires_after_minutes, status, wording_version, version, created_at, updated_at
        """;

    public async Task<Survey> GetAsync(SurveyId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from surveys
            where id = @id
            for no key update
            """;

        return (await db.FindAsync<Row>(sql, new { id }, cancellationToken))?.Restore() ?? throw new NotFoundException("The survey");
    }

    public async Task<Survey?> FindActiveAsync(ProgramId program, SurveyType type, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from surveys
            where program_id = @program and type = @type and status = 'active'
            """;

        return (await db.FindAsync<Row>(sql, new { program, type }, cancellationToken))?.Restore();
    }

    public async Task AddAsync(Survey survey, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into surveys (
                id, program_id, type, title, language, questions, expires_after_minutes, status, wording_version, version, created_at, updated_at)
            values (
                @Id, @ProgramId, @Type, @Title, @Language, @Questions::jsonb, @ExpiresAfterMinutes, @Status, @WordingVersion, @Version, @CreatedAt, @UpdatedAt)
            """;

        await WriteAsync(sql, survey, cancellationToken);
        await KeepWordingAsync(survey, cancellationToken);
        await db.AddResourceAsync(survey.Key, AdminResources.Survey, cancellationToken);
    }

    public async Task SaveAsync(Survey survey, CancellationToken cancellationToken)
    {
        const string sql = """
            update surveys
            set program_id = @ProgramId, type = @Type, title = @Title, language = @Language, questions = @Questions::jsonb,
                expires_after_minutes = @ExpiresAfterMinutes, status = @Status, wording_version = @WordingVersion, version = @Version, updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        await WriteAsync(sql, survey, cancellationToken);
        await KeepWordingAsync(survey, cancellationToken);
    }

    public async Task DeleteAsync(Survey survey, CancellationToken cancellationToken)
    {
        const string sql = "delete from surveys where id = @Id and version = @Version";

        try
        {
            await WriteAsync(sql, survey, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new RefusedException("survey.in_use", "Texters have been asked this survey. Make it inactive: then it is asked no more.");
        }

        await db.RemoveResourceAsync(survey.Key, cancellationToken);
    }

    // Only the version in which the questions changed adds one.
    private async Task KeepWordingAsync(Survey survey, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into survey_wordings (survey_id, version, language, questions, created_at)
            values (@Id, @WordingVersion, @Language, @Questions::jsonb, @UpdatedAt)
            on conflict do nothing
            """;

        await db.ExecuteAsync(
            sql,
            new { survey.Id, survey.WordingVersion, survey.Language, Questions = SurveyQuestions.Write(survey.Questions), survey.UpdatedAt },
            cancellationToken);
    }

    private async Task WriteAsync(string sql, Survey survey, CancellationToken cancellationToken)
    {
        try
        {
            await db.WriteAsync(
                sql, survey,
                new
                {
                    survey.Id, survey.ProgramId, survey.Type, survey.Title, survey.Language, Questions = SurveyQuestions.Write(survey.Questions),
                    survey.ExpiresAfterMinutes, survey.Status, survey.WordingVersion, survey.Version, survey.CreatedAt, survey.UpdatedAt,
                },
                cancellationToken);
        }
        catch (PostgresException taken) when (taken.ConstraintName == "surveys_in_use")
        {
            throw new RefusedException("survey.taken", "The program has an active survey of this type. Make it inactive first.");
        }
        catch (PostgresException missing) when (missing.ConstraintName == "surveys_affiliate_id_program_id_fkey")
        {
            throw new NotFoundException("The program");
        }
    }

    private sealed record Row(
        SurveyId Id, ProgramId ProgramId, SurveyType Type, string Title, SurveyLanguage Language, string Questions, int? ExpiresAfterMinutes, Status Status,
        long WordingVersion, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public Survey Restore() => new(
            Id, ProgramId, Type, Title, Language, SurveyQuestions.Read(Questions), ExpiresAfterMinutes, Status, WordingVersion, Version, CreatedAt, UpdatedAt);
    }
}
