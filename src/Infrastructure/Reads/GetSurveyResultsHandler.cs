using System.Globalization;
using Chat.Application.Surveys;
using Chat.Domain.Common;
using Chat.Domain.Surveys;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

/// <summary>What is sealed cannot be counted by the database: the newest responses are opened here, and forgotten again.</summary>
internal sealed class GetSurveyResultsHandler(DbSession db, Keyring keyring, TimeProvider clock, ILogger<GetSurveyResultsHandler> logger)
    : IRequestHandler<GetSurveyResults, SurveyResults>
{
    private const int UsualDays = 30;

    public async Task<SurveyResults> Handle(GetSurveyResults query, CancellationToken cancellationToken)
    {
        const string zoneName = "select time_zone from affiliates where id = @Affiliate";
        const string sql = """
            select r.id, r.conversation_id, r.survey_id, r.wording_version, r.program_id, r.outcome, (r.started_at at time zone @zone)::date as day
            from survey_responses r
            where r.started_at >= @from::timestamp at time zone @zone and r.started_at < (@to::date + 1)::timestamp at time zone @zone
                and (@ProgramId::uuid is null or r.program_id = @ProgramId)
            order by r.started_at desc
            limit @Most
            """;

        var zone = (await db.FindAsync<string>(zoneName, new { db.Affiliate }, cancellationToken))!;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
        var to = query.To ?? (query.From is { } first && first > today ? first : today);
        var from = query.From ?? to.AddDays(1 - UsualDays);
        var responses = await db.ListAsync<Response>(
            sql, new { zone, from = Midnight(from), to = Midnight(to), query.ProgramId, Most = GetSurveyResults.MostCounted + 1 }, cancellationToken);
        var counted = responses.Take(GetSurveyResults.MostCounted).ToList();
        var answers = (await OpenAsync(counted, cancellationToken)).ToLookup(answer => answer.ResponseId);
        var wordings = await WordingsAsync(counted, cancellationToken);
        return new SurveyResults(
            from, to, zone, responses.Count > counted.Count,
            [.. counted.GroupBy(response => (response.SurveyId, response.WordingVersion))
                .OrderBy(group => group.Key.SurveyId).ThenByDescending(group => group.Key.WordingVersion)
                .Select(group => Count(wordings[group.Key], [.. group], answers))]);
    }

    private async Task<Dictionary<(Guid SurveyId, long Version), Wording>> WordingsAsync(List<Response> responses, CancellationToken cancellationToken)
    {
        const string sql = """
            select w.survey_id, w.version, s.type, s.title, w.questions::text as questions
            from survey_wordings w
            join surveys s on s.affiliate_id = w.affiliate_id and s.id = w.survey_id
            where w.survey_id = any(@Surveys)
            """;

        var surveys = responses.Select(response => response.SurveyId).Distinct().ToArray();
        return (await db.ListAsync<Wording>(sql, new { Surveys = surveys }, cancellationToken)).ToDictionary(wording => (wording.SurveyId, wording.Version));
    }

    private async Task<List<Answer>> OpenAsync(List<Response> responses, CancellationToken cancellationToken)
    {
        const string sql = "select response_id, question_id, id, answer from survey_answers where response_id = any(@Responses)";

        var affiliate = db.Affiliate.Value;
        var conversationOf = responses.ToDictionary(response => response.Id, response => response.ConversationId);
        var keys = await keyring.DataKeysAsync(affiliate, conversationOf.Values.ToHashSet(), cancellationToken);
        var rows = await db.ListAsync<AnswerRow>(sql, new { Responses = conversationOf.Keys.ToArray() }, cancellationToken);
        return [.. rows.Select(row => new Answer(
            row.ResponseId, row.QuestionId, row.Answer is null,
            row.Answer is null ? null : SurveyAnswers.Open(keys.GetValueOrDefault(conversationOf[row.ResponseId]), affiliate, row.Id, row.Answer, logger)))];
    }

    private static SurveyResult Count(Wording wording, List<Response> responses, ILookup<Guid, Answer> answers)
    {
        var given = responses.SelectMany(response => answers[response.Id].Select(answer => (response.Day, Answer: answer))).ToList();
        var ended = responses.Count(response => response.Outcome is not null);
        var completed = Ended(SurveyOutcome.Completed);
        return new SurveyResult(
            wording.SurveyId, wording.Version, responses[0].ProgramId, wording.Type, wording.Title, responses.Count, responses.Count - ended, completed,
            Ended(SurveyOutcome.Stopped), Ended(SurveyOutcome.Expired), Ended(SurveyOutcome.Interrupted), ended == 0 ? null : (double)completed / ended,
            given.Count(pair => pair.Answer is { Skipped: false, Value: null }),
            [.. responses.GroupBy(response => response.Day).OrderBy(day => day.Key).Select(day => new SurveyDay(
                day.Key, day.Count(), day.Count(response => response.Outcome == SurveyOutcome.Completed.Name())))],
            [.. SurveyQuestions.Read(wording.Questions).Select(question => Count(question, [.. given.Where(pair => pair.Answer.QuestionId == question.Id)]))]);

        int Ended(SurveyOutcome outcome) => responses.Count(response => response.Outcome == outcome.Name());
    }

    private static QuestionResult Count(SurveyQuestion question, List<(DateOnly Day, Answer Answer)> given)
    {
        var values = given.Where(pair => pair.Answer.Value is not null).Select(pair => (pair.Day, Value: pair.Answer.Value!)).ToList();
        return new QuestionResult(
            question.Id, question.Text, question.Kind.Name(), values.Count, given.Count(pair => pair.Answer.Skipped),
            Mean(question, values.Select(pair => pair.Value)), Counts(question, values.Select(pair => pair.Value)),
            [.. values.GroupBy(pair => pair.Day, pair => pair.Value).OrderBy(day => day.Key)
                .Select(day => new QuestionDay(day.Key, day.Count(), Mean(question, day), Counts(question, day)))]);
    }

    private static double? Mean(SurveyQuestion question, IEnumerable<string> values) =>
        question.Kind != QuestionKind.Scale ? null
        : values.Select(value => (double?)int.Parse(value, CultureInfo.InvariantCulture)).Average() is { } mean ? Math.Round(mean, 2) : null;

    private static IReadOnlyList<AnswerCount> Counts(SurveyQuestion question, IEnumerable<string> values)
    {
        var counts = values.CountBy(value => value).ToDictionary();
        var (lowest, highest) = question.Kind == QuestionKind.Scale ? question.Bounds() : (0, -1);
        string[] possible = question.Kind switch
        {
            QuestionKind.Scale => [.. Enumerable.Range(lowest, highest - lowest + 1).Select(number => number.ToString(CultureInfo.InvariantCulture))],
            QuestionKind.Choice => [.. question.Options],
            QuestionKind.YesNo => ["yes", "no"],
            _ => [],
        };
        return [.. possible.Select(value => new AnswerCount(value, counts.GetValueOrDefault(value)))];
    }

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);

    private sealed record Response(Guid Id, Guid ConversationId, Guid SurveyId, long WordingVersion, Guid ProgramId, string? Outcome, DateOnly Day);

    private sealed record Wording(Guid SurveyId, long Version, string Type, string Title, string Questions);

    private sealed record AnswerRow(Guid ResponseId, string QuestionId, Guid Id, byte[]? Answer);

    private sealed record Answer(Guid ResponseId, string QuestionId, bool Skipped, string? Value);
}
