using Chat.Application.CannedResponses;
using Chat.Application.Common;
using Chat.Application.Keywords;
using Chat.Application.Ports;
using Chat.Application.Programs;
using Chat.Application.Surveys;
using MediatR;

namespace Chat.Application.Configuration;

/// <summary>An affiliate's configuration as it stands.</summary>
internal sealed record Stored(
    IReadOnlyList<ProgramView> Programs, ILookup<Guid, KeywordView> Keywords, ILookup<Guid, SurveyView> Surveys,
    ILookup<Guid, CannedResponseView> CannedResponses);

/// <summary>Reads it as the lists show it, and writes it as the document.</summary>
internal sealed class StoredConfiguration(
    IRequestHandler<ListPrograms, Page<ProgramView>> programs, IRequestHandler<ListKeywords, Page<KeywordView>> keywords,
    IRequestHandler<ListSurveys, Page<SurveyView>> surveys, IRequestHandler<ListCannedResponses, Page<CannedResponseView>> responses,
    IAffiliateRepository affiliates, IUnitOfWork work, IConfigurationFormat format)
{
    public async Task<Stored> ReadAsync(Guid? named, CancellationToken cancellationToken)
    {
        if (named is null && work.Affiliate.IsPlatform)
        {
            throw Rules.Invalid("AffiliateId", "Say which affiliate's configuration it is.");
        }

        await affiliates.GetAsync(work.Affiliate, cancellationToken);
        var affiliate = work.Affiliate.Value;
        return new Stored(
            await AllAsync(cursor => programs.Handle(new ListPrograms(affiliate, null, Paging.Most, cursor), cancellationToken)),
            (await AllAsync(cursor => keywords.Handle(new ListKeywords(affiliate, null, Paging.Most, cursor), cancellationToken))).ToLookup(one => one.ProgramId),
            (await AllAsync(cursor => surveys.Handle(new ListSurveys(affiliate, null, null, null, Paging.Most, cursor), cancellationToken)))
                .ToLookup(one => one.ProgramId),
            (await AllAsync(cursor => responses.Handle(new ListCannedResponses(affiliate, null, Paging.Most, cursor), cancellationToken)))
                .ToLookup(one => one.ProgramId));
    }

    // By name: the order of ids would tell two affiliates with the same configuration apart.
    public ConfigurationText Write(Stored stored) => format.Write(new ConfigurationDocument([.. stored.Programs
        .OrderBy(program => program.Name, StringComparer.Ordinal).ThenBy(program => program.ShortCode, StringComparer.Ordinal).Select(program => new ProgramEntry(
        program.Name, program.ShortCode, program.Description, program.Status, program.Settings.Count > 0 ? program.Settings : null,
        Some(stored.Keywords[program.Id].OrderBy(one => one.Keyword, StringComparer.Ordinal), one => new KeywordEntry(one.Keyword, one.Action, one.SubProgram, one.Response)),
        Some(stored.Surveys[program.Id].OrderBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one.Title, StringComparer.Ordinal), one => new SurveyEntry(
            one.Type, one.Title, one.Language, one.Status, one.ExpiresAfterMinutes, [.. one.Questions.Select(Form)])),
        Some(stored.CannedResponses[program.Id].OrderBy(one => one.Title, StringComparer.Ordinal).ThenBy(one => one.Body, StringComparer.Ordinal), one => new CannedResponseEntry(one.Title, one.Body))))]));

    /// <summary>A question that is stored, as a form would have it.</summary>
    public static SurveyQuestionForm Form(SurveyQuestionView question) => new(
        question.Id, question.Text, question.Kind, Some(question.Options, one => one), question.Required, Some(question.AlertOn, one => one));

    // A list that holds nothing is not written.
    private static TEntry[]? Some<T, TEntry>(IEnumerable<T> stored, Func<T, TEntry> entry) =>
        stored.Select(entry).ToArray() is { Length: > 0 } entries ? entries : null;

    private static async Task<IReadOnlyList<T>> AllAsync<T>(Func<string?, Task<Page<T>>> read)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await read(cursor);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }
}
