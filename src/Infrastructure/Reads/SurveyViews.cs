using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Surveys;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class SurveyViews(DbSession db, AdminLists lists)
    : ISurveyViews, IRequestHandler<GetSurvey, SurveyView>, IRequestHandler<ListSurveys, Page<SurveyView>>
{
    private const string Select = """
        select id, affiliate_id, program_id, type, title, language, questions::text as questions, expires_after_minutes, status, wording_version, version,
               created_at, updated_at
        from surveys
        """;

    public Task<SurveyView> Handle(GetSurvey query, CancellationToken cancellationToken) => ShowAsync(new(query.SurveyId), cancellationToken);

    public async Task<SurveyView> ShowAsync(SurveyId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where id = @id
            """;

        return (await db.FindAsync<Row>(sql, new { id }, cancellationToken))?.Show() ?? throw new NotFoundException("The survey");
    }

    public Task<Page<SurveyView>> Handle(ListSurveys query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
            where {AdminRows.Condition} and (@ProgramId::uuid is null or program_id = @ProgramId)
                and (@Type::text is null or type = @Type) and (@Status::text is null or status = @Status)
            order by id
            limit @Take
            """;

        return lists.ReadAsync<SurveyView>(
            AdminResources.Survey, query, query.AffiliateId, query.ProgramId,
            async wanted => [.. (await db.ListAsync<Row>(
                sql, new { wanted.Ids, wanted.After, wanted.Take, query.ProgramId, query.Type, query.Status }, cancellationToken)).Select(row => row.Show())],
            view => view.Id, cancellationToken);
    }

    private sealed record Row(
        Guid Id, Guid AffiliateId, Guid ProgramId, SurveyType Type, string Title, SurveyLanguage Language, string Questions, int? ExpiresAfterMinutes, string Status,
        long WordingVersion, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public SurveyView Show()
        {
            var (questions, phrases) = (SurveyQuestions.Read(Questions), SurveyPhrases.In(Language));
            return new SurveyView(
                Id, AffiliateId, ProgramId, Type.Name(), Title, Language.Name(),
                [.. questions.Select((question, index) => new SurveyQuestionView(
                    question.Id, question.Text, question.Kind.Name(), question.Options, question.Required, question.AlertOn,
                    phrases.Ask(question, index + 1, questions.Count)))],
                (int)Survey.PatienceOf(Type, ExpiresAfterMinutes).TotalMinutes, Status, WordingVersion, Version, CreatedAt, UpdatedAt);
        }
    }
}
