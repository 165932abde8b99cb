using System.Collections.Concurrent;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Triage;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Infrastructure.Triage;

/// <summary>
/// The rules at work, compiled, per affiliate and program. A message only looks into a dictionary: every instance asks every few seconds
/// which affiliates' phrases have changed, in one small query for all of them, and compiles those apart. An affiliate without phrases of
/// its own stands in none of it.
/// </summary>
internal sealed class TriageRules : BackgroundService, ITriageRules
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly Databases _databases;
    private readonly Keyring _keyring;
    private readonly ILogger<TriageRules> _logger;
    private readonly TriageEngine _usual = new(RuleSet.Default);
    private readonly RuleSet? _candidate;
    private readonly TriageEngine? _usualShadow;
    private readonly ConcurrentDictionary<Guid, OwnRules> _own = new();
    private readonly Bell _changed = new();

    public TriageRules(Databases databases, Keyring keyring, ShadowCandidate candidate, ILogger<TriageRules> logger)
    {
        (_databases, _keyring, _logger) = (databases, keyring, logger);
        _candidate = candidate.Rules;
        _usualShadow = _candidate is null ? null : new TriageEngine(_candidate);
    }

    public TriageEngine Of(AffiliateId affiliate, ProgramId program) =>
        _own.TryGetValue(affiliate.Value, out var own) ? own.Of(program.Value) : _usual;

    public TriageEngine? ShadowOf(AffiliateId affiliate, ProgramId program) =>
        _own.TryGetValue(affiliate.Value, out var own) ? own.ShadowOf(program.Value) : _usualShadow;

    /// <summary>Something was changed here: it need not wait for the next look.</summary>
    public void Look() => _changed.Set();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first message is read, so that no instance begins without what people have approved.
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _changed.WaitAsync(Between, stoppingToken);
                await RefreshAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                _logger.PhrasesNotRead(failure.Kind());
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        const string sql = "select affiliate_id, approved, in_shadow from triage_revisions where approved > 0 or in_shadow > 0";

        await using var connection = await _databases.Chat.OpenConnectionAsync(cancellationToken);
        foreach (var revision in (await connection.QueryAsync<Revision>(new CommandDefinition(sql, cancellationToken: cancellationToken))).AsList())
        {
            if (!_own.TryGetValue(revision.AffiliateId, out var own) || own.Revision != revision)
            {
                _own[revision.AffiliateId] = Compile(revision, await LoadAsync(connection, revision.AffiliateId, cancellationToken));
            }
        }
    }

    private async Task<List<Known>> LoadAsync(NpgsqlConnection connection, Guid affiliate, CancellationToken cancellationToken)
    {
        const string sql = "select id, program_id, language, cue, pattern, status from triage_phrases where status in ('approved', 'in_shadow') order by id";

        await using var transaction = await connection.BeginInAsync(affiliate, cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellationToken))).AsList();
        if (await KeysAsync(affiliate, cancellationToken) is { } keys)
        {
            return [.. rows.Select(row => Open(keys, row)).OfType<Known>()];
        }

        foreach (var row in rows)
        {
            _logger.PhraseLeftOut(row.Id);
        }

        return [];
    }

    // Nothing of the affiliate's opens any more: its texters are read by the usual rules, and everybody else by theirs.
    private async Task<AffiliateKeys?> KeysAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        try
        {
            return await _keyring.OfAsync(affiliate, cancellationToken);
        }
        catch (UnreadableException)
        {
            return null;
        }
    }

    // One damaged phrase, or one that a later release reads otherwise, must not take the others with it.
    private Known? Open(AffiliateKeys keys, Row row)
    {
        var pattern = PhraseSecrets.OpenOrNull(keys, row.Id, PhraseSecrets.Pattern, row.Pattern);
        if (pattern is null)
        {
            return null;
        }

        var phrase = new AddedPhrase(row.Language, row.Cue == Phrase.FigureOfSpeech ? null : row.Cue, pattern);
        if (RuleSet.Default.Knows(phrase))
        {
            return new Known(phrase, row.ProgramId, row.Status == PhraseStatus.Approved);
        }

        _logger.PhraseLeftOut(row.Id);
        return null;
    }

    private OwnRules Compile(Revision revision, IReadOnlyList<Known> phrases)
    {
        var live = new Dictionary<Guid, TriageEngine>();
        var shadow = new Dictionary<Guid, TriageEngine>();
        var programs = phrases.Select(phrase => phrase.Program ?? Guid.Empty).Append(Guid.Empty).Distinct();
        foreach (var program in programs)
        {
            var own = phrases.Where(phrase => phrase.Program is null || phrase.Program == program).ToList();
            live[program] = Engine(RuleSet.Default, own.Where(phrase => phrase.Approved), $"+{revision.Approved}", _usual);
            if (_candidate is not null || own.Exists(phrase => !phrase.Approved))
            {
                var all = own.Where(phrase => _candidate is null || _candidate.Knows(phrase.Phrase));
                shadow[program] = Engine(_candidate ?? RuleSet.Default, all, $"+{revision.Approved}.{revision.InShadow}-shadow", _usualShadow);
            }
        }

        return new OwnRules(revision, live, shadow);
    }

    private static TriageEngine Engine(RuleSet rules, IEnumerable<Known> phrases, string suffix, TriageEngine? without)
    {
        var added = phrases.Select(phrase => phrase.Phrase).ToList();
        return added.Count == 0 && without is not null ? without : new TriageEngine(rules.With(added, rules.Version + suffix));
    }

    private sealed class OwnRules(Revision revision, Dictionary<Guid, TriageEngine> live, Dictionary<Guid, TriageEngine> shadow)
    {
        public Revision Revision => revision;

        public TriageEngine Of(Guid program) => live.GetValueOrDefault(program) ?? live[Guid.Empty];

        public TriageEngine? ShadowOf(Guid program) => shadow.GetValueOrDefault(program) ?? shadow.GetValueOrDefault(Guid.Empty);
    }

    private sealed record Revision(Guid AffiliateId, long Approved, long InShadow);

    private sealed record Known(AddedPhrase Phrase, Guid? Program, bool Approved);

    private sealed record Row(Guid Id, Guid? ProgramId, string Language, string Cue, byte[] Pattern, PhraseStatus Status);
}
