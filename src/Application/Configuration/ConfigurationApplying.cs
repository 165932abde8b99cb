using System.Text.Json;
using Chat.Application.CannedResponses;
using Chat.Application.Common;
using Chat.Application.Keywords;
using Chat.Application.Ports;
using Chat.Application.Programs;
using Chat.Application.Surveys;
using Chat.Domain.Common;
using Chat.Domain.Keywords;
using Chat.Domain.Surveys;
using MediatR;

namespace Chat.Application.Configuration;

/// <summary>The single routes' own handlers of one kind: a document does what an admin could do by hand, and nothing else.</summary>
internal sealed class SingleRoutes<TCreate, TChange, TDelete, TView>(
    IRequestHandler<TCreate, TView> create, IRequestHandler<TChange, TView> change, IRequestHandler<TDelete, Done> delete)
    where TCreate : IRequest<TView>
    where TChange : IRequest<TView>
    where TDelete : IRequest<Done>
{
    public Task<TView> CreateAsync(TCreate command, CancellationToken cancellationToken) => create.Handle(command, cancellationToken);

    public Task<TView> ChangeAsync(TChange command, CancellationToken cancellationToken) => change.Handle(command, cancellationToken);

    public Task DeleteAsync(TDelete command, CancellationToken cancellationToken) => delete.Handle(command, cancellationToken);
}

/// <summary>Brings an affiliate's configuration into line with a document. What is in both and equal is not touched.</summary>
internal sealed class ConfigurationApplying(
    SingleRoutes<CreateProgram, ChangeProgram, DeleteProgram, ProgramView> programs,
    SingleRoutes<CreateKeyword, ChangeKeyword, DeleteKeyword, KeywordView> keywords,
    SingleRoutes<CreateSurvey, ChangeSurvey, DeleteSurvey, SurveyView> surveys,
    SingleRoutes<CreateCannedResponse, ChangeCannedResponse, DeleteCannedResponse, CannedResponseView> responses,
    StoredConfiguration stored, ConfigurationRules rules, IConfigurationFormat format, IConfigurationLock turn, IUnitOfWork work)
{
    private const string Any = "*";
    private static readonly Dictionary<string, JsonElement> NoSettings = [];

    public async Task<ConfigurationApplied> ApplyAsync(
        Guid? affiliate, string? expectedTag, string? text, bool prune, CancellationToken cancellationToken)
    {
        var document = format.Read(text ?? throw Rules.Invalid("document", "Send UTF-8."));
        rules.Check(document);
        await turn.TakeAsync(work.Affiliate, cancellationToken);
        var before = await stored.ReadAsync(affiliate, cancellationToken);
        if (expectedTag is not null and not Any && expectedTag != stored.Write(before).Tag)
        {
            throw new StaleException();
        }

        var said = new Said();
        var pairs = PairPrograms(document.Programs!, before.Programs);
        await TakeAwayAsync(pairs, before, prune, said, cancellationToken);
        foreach (var (entry, program) in pairs.Wanted)
        {
            await BringInLineAsync(entry, program, before, said, cancellationToken);
        }

        return new ConfigurationApplied(said.Report(), stored.Write(await stored.ReadAsync(affiliate, cancellationToken)).Tag);
    }

    // What goes goes first: it may hold a short code, or be the active survey, that something else is to have.
    private async Task TakeAwayAsync(
        Pairs<ProgramEntry, ProgramView> pairs, Stored before, bool prune, Said said, CancellationToken cancellationToken)
    {
        foreach (var (program, entry) in pairs.Surplus.Select(program => (program, (ProgramEntry?)null))
            .Concat(pairs.Wanted.Where(pair => pair.Stored is not null).Select(pair => (pair.Stored!, (ProgramEntry?)pair.Entry))))
        {
            var at = program.Name;
            foreach (var one in PairKeywords(entry?.Keywords, before.Keywords[program.Id]).Surplus)
            {
                if (said.Keywords.Goes(prune, $"{at} / {one.Keyword}"))
                {
                    await keywords.DeleteAsync(new DeleteKeyword(one.Id, one.Version), cancellationToken);
                }
            }

            foreach (var one in PairSurveys(entry?.Surveys, before.Surveys[program.Id]).Surplus)
            {
                if (said.Surveys.Goes(prune, $"{at} / {one.Type} / {one.Title}"))
                {
                    await surveys.DeleteAsync(new DeleteSurvey(one.Id, one.Version), cancellationToken);
                }
            }

            foreach (var one in PairResponses(entry?.CannedResponses, before.CannedResponses[program.Id]).Surplus)
            {
                if (said.CannedResponses.Goes(prune, $"{at} / {one.Title}"))
                {
                    await responses.DeleteAsync(new DeleteCannedResponse(one.Id, one.Version), cancellationToken);
                }
            }

            if (entry is null && said.Programs.Goes(prune, at))
            {
                await programs.DeleteAsync(new DeleteProgram(program.Id, program.Version), cancellationToken);
            }
        }
    }

    private async Task BringInLineAsync(ProgramEntry entry, ProgramView? program, Stored before, Said said, CancellationToken cancellationToken)
    {
        var wanted = entry.AsCreation();
        var at = wanted.Name.Trim();
        if (program is null)
        {
            program = await programs.CreateAsync(wanted, cancellationToken);
            said.Programs.Created.Add(at);
        }
        else if (IsSame(wanted, program))
        {
            said.Programs.Unchanged.Add(at);
        }
        else
        {
            await programs.ChangeAsync(
                new ChangeProgram(program.Id, program.Version, null, wanted.Name, wanted.ShortCode, wanted.Description, wanted.Status, wanted.Settings),
                cancellationToken);
            said.Programs.Changed.Add(at);
        }

        foreach (var (one, old) in PairKeywords(entry.Keywords, before.Keywords[program.Id]).Wanted)
        {
            var keyword = one.AsCreation(program.Id);
            await PutAsync(
                said.Keywords, $"{at} / {keyword.Keyword.Trim()}", old, old is not null && IsSame(keyword, old), () => keywords.CreateAsync(keyword, cancellationToken),
                was => keywords.ChangeAsync(
                    new ChangeKeyword(was.Id, was.Version, program.Id, keyword.Keyword, keyword.Action, keyword.SubProgram, keyword.Response),
                    cancellationToken));
        }

        // A program has one active survey of each type: those that rest make room.
        foreach (var (one, old) in PairSurveys(entry.Surveys, before.Surveys[program.Id]).Wanted
            .OrderBy(pair => pair.Stored is null).ThenBy(pair => pair.Entry.Status != Status.Inactive.Name()))
        {
            var survey = one.AsCreation(program.Id);
            await PutAsync(
                said.Surveys, $"{at} / {survey.Type} / {survey.Title.Trim()}", old, old is not null && IsSame(survey, old),
                () => surveys.CreateAsync(survey, cancellationToken),
                was => surveys.ChangeAsync(
                    new ChangeSurvey(
                        was.Id, was.Version, program.Id, survey.Type, survey.Title, survey.Language, survey.Questions, survey.ExpiresAfterMinutes,
                        survey.Status),
                    cancellationToken));
        }

        foreach (var (one, old) in PairResponses(entry.CannedResponses, before.CannedResponses[program.Id]).Wanted)
        {
            var response = one.AsCreation(program.Id);
            await PutAsync(
                said.CannedResponses, $"{at} / {response.Title.Trim()}", old, old is not null && old.Title == response.Title.Trim() && old.Body == response.Body.Trim(),
                () => responses.CreateAsync(response, cancellationToken),
                was => responses.ChangeAsync(
                    new ChangeCannedResponse(was.Id, was.Version, program.Id, response.Title, response.Body), cancellationToken));
        }
    }

    private static async Task PutAsync<TView>(
        Kind kind, string at, TView? stored, bool isSame, Func<Task<TView>> create, Func<TView, Task<TView>> change)
        where TView : class
    {
        if (stored is null)
        {
            await create();
            kind.Created.Add(at);
        }
        else if (isSame)
        {
            kind.Unchanged.Add(at);
        }
        else
        {
            await change(stored);
            kind.Changed.Add(at);
        }
    }

    private static bool IsSame(CreateProgram wanted, ProgramView stored) =>
        (wanted.Name.Trim(), wanted.ShortCode.Trimmed(), wanted.Description.Trimmed(), wanted.Status)
            == (stored.Name, stored.ShortCode, stored.Description, stored.Status)
        && JsonElement.DeepEquals(JsonSerializer.SerializeToElement(wanted.Settings ?? NoSettings), JsonSerializer.SerializeToElement(stored.Settings));

    private static bool IsSame(CreateKeyword wanted, KeywordView stored) =>
        (wanted.Keyword.Trim(), wanted.Action, wanted.SubProgram.Trimmed(), wanted.Response.Trimmed())
            == (stored.Keyword, stored.Action, stored.SubProgram, stored.Response);

    private static bool IsSame(CreateSurvey wanted, SurveyView stored)
    {
        var minutes = (int)Survey.PatienceOf(Wire.Value<SurveyType>(wanted.Type), wanted.ExpiresAfterMinutes).TotalMinutes;
        var (now, then) = (SurveyForm.Read(wanted.Questions), SurveyForm.Read([.. stored.Questions.Select(StoredConfiguration.Form)]));
        return (wanted.Type, wanted.Title.Trim(), wanted.Language, wanted.Status, minutes)
                == (stored.Type, stored.Title, stored.Language, stored.Status, stored.ExpiresAfterMinutes)
            && now.Count == then.Count && now.Zip(then).All(pair => pair.First.IsSameAs(pair.Second));
    }

    // By the short code where there is one, by the name among the rest.
    private static Pairs<ProgramEntry, ProgramView> PairPrograms(IReadOnlyList<ProgramEntry> entries, IReadOnlyList<ProgramView> stored) =>
        PairRest(
            Pair(entries, stored, entry => entry.ShortCode.Trimmed()?.ToUpperInvariant(), view => view.ShortCode?.ToUpperInvariant()),
            entry => entry.Name?.Trim(), view => view.Name);

    private static Pairs<KeywordEntry, KeywordView> PairKeywords(IReadOnlyList<KeywordEntry>? entries, IEnumerable<KeywordView> stored) =>
        Pair(entries ?? [], stored, entry => KeywordText.Normalise(entry.Keyword!), view => KeywordText.Normalise(view.Keyword));

    // The one that is asked with the one that is asked: those that rest are often called the same.
    private static Pairs<SurveyEntry, SurveyView> PairSurveys(IReadOnlyList<SurveyEntry>? entries, IEnumerable<SurveyView> stored) =>
        PairRest(
            Pair(
                entries ?? [], stored, entry => $"{entry.Status ?? Status.Active.Name()} {entry.Type} {entry.Title?.Trim()}",
                view => $"{view.Status} {view.Type} {view.Title}"),
            entry => $"{entry.Type} {entry.Title?.Trim()}", view => $"{view.Type} {view.Title}");

    // With the one of the same words: the document has them in another order than they were made in.
    private static Pairs<CannedResponseEntry, CannedResponseView> PairResponses(
        IReadOnlyList<CannedResponseEntry>? entries, IEnumerable<CannedResponseView> stored) =>
        PairRest(
            Pair(entries ?? [], stored, entry => $"{entry.Title?.Trim()}\n{entry.Body?.Trim()}", view => $"{view.Title}\n{view.Body}"),
            entry => entry.Title?.Trim(), view => view.Title);

    /// <summary>Those that have not found each other yet, by something else.</summary>
    private static Pairs<TEntry, TView> PairRest<TEntry, TView>(
        Pairs<TEntry, TView> found, Func<TEntry, string?> wanted, Func<TView, string?> called)
        where TView : class
    {
        var others = Pair([.. found.Wanted.Where(pair => pair.Stored is null).Select(pair => pair.Entry)], found.Surplus, wanted, called);
        var next = new Queue<TView?>(others.Wanted.Select(pair => pair.Stored));
        return new([.. found.Wanted.Select(pair => pair.Stored is null ? (pair.Entry, next.Dequeue()) : pair)], others.Surplus);
    }

    /// <summary>Each entry with what it describes. Of several that are called the same the first goes with the first, and so on.</summary>
    private static Pairs<TEntry, TView> Pair<TEntry, TView>(
        IReadOnlyList<TEntry> entries, IEnumerable<TView> stored, Func<TEntry, string?> wanted, Func<TView, string?> called)
        where TView : class
    {
        var left = stored.ToList();
        var byName = left.Where(view => called(view) is not null).GroupBy(view => called(view)!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Queue<TView>(group), StringComparer.Ordinal);
        var pairs = new List<(TEntry, TView?)>();
        foreach (var entry in entries)
        {
            var found = wanted(entry) is { } name && byName.TryGetValue(name, out var waiting) && waiting.TryDequeue(out var first) ? first : null;
            pairs.Add((entry, found));
        }

        var taken = pairs.Select(pair => pair.Item2).OfType<TView>().ToHashSet(ReferenceEqualityComparer.Instance);
        return new(pairs, [.. left.Where(view => !taken.Contains(view))]);
    }

    private sealed record Pairs<TEntry, TView>(IReadOnlyList<(TEntry Entry, TView? Stored)> Wanted, IReadOnlyList<TView> Surplus)
        where TView : class;

    private sealed class Said
    {
        public Kind Programs { get; } = new();

        public Kind Keywords { get; } = new();

        public Kind Surveys { get; } = new();

        public Kind CannedResponses { get; } = new();

        public ConfigurationReport Report() => new(false, Programs.All(), Keywords.All(), Surveys.All(), CannedResponses.All());
    }

    private sealed class Kind
    {
        private readonly List<string> _removed = [];
        private readonly List<string> _kept = [];

        public List<string> Created { get; } = [];

        public List<string> Changed { get; } = [];

        public List<string> Unchanged { get; } = [];

        public bool Goes(bool prune, string at)
        {
            (prune ? _removed : _kept).Add(at);
            return prune;
        }

        public ConfigurationChanges All() => new(Created, Changed, _removed, _kept, Unchanged);
    }
}
