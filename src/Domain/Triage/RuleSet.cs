using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Domain.Conversations;

namespace Chat.Domain.Triage;

/// <summary>A phrase that an affiliate has added to the rules.</summary>
/// <param name="Cue">What it says; null for a figure of speech, which only sounds as if it said something.</param>
public sealed record AddedPhrase(string Language, string? Cue, string Pattern);

/// <summary>
/// The rules of triage, read from data: per language the phrases that give a cue, and for all languages what cues mean together.
/// A phrase that cannot be read, or a rule that names a cue which nothing gives, fails here and not in front of a texter.
/// </summary>
public sealed class RuleSet
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Lazy<RuleSet> Shipped = new(ReadShipped);

    private readonly FrozenDictionary<string, int> _indexOf;

    private RuleSet(CompositionForm composition, IEnumerable<LanguageForm> languages)
    {
        Version = composition.Version;
        Cues = [.. composition.Cues.Select(pair => new Cue(pair.Key, pair.Value))];
        _indexOf = Cues.Select((cue, index) => (cue.Name, index)).ToFrozenDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        foreach (var cue in Cues)
        {
            cue.Past = cue.Form.Past is { } past ? IndexOf(past) : -1;
            cue.Denied = cue.Form.Denied is { } denied ? IndexOf(denied) : -1;
        }

        Rules = [.. composition.Rules.Select(rule => new Rule(
            rule.Rule, rule.Level, rule.Within == "message", [.. rule.All.Select(Alternatives)], [.. (rule.None ?? []).SelectMany(Alternatives)]))];
        Languages = [.. languages.Select(form => new LanguageRules(form, this, []))];
    }

    private RuleSet(RuleSet original, IReadOnlyList<AddedPhrase> added, string version)
    {
        (Version, Cues, Rules, _indexOf) = (version, original.Cues, original.Rules, original._indexOf);
        Languages =
        [
            .. original.Languages.Select(language =>
                added.Where(phrase => phrase.Language == language.Language).ToList() is { Count: > 0 } more ? language.With(more, this) : language),
        ];
    }

    /// <summary>The rules that came with this release.</summary>
    public static RuleSet Default => Shipped.Value;

    public string Version { get; }

    public IEnumerable<string> LanguageNames => Languages.Select(language => language.Language);

    public IEnumerable<string> CueNames => Cues.Select(cue => cue.Name);

    internal IReadOnlyList<Cue> Cues { get; }

    internal IReadOnlyList<Rule> Rules { get; }

    internal IReadOnlyList<LanguageRules> Languages { get; }

    /// <summary>Reads a rule set: the composition, and a document per language.</summary>
    public static RuleSet Parse(string composition, IEnumerable<string> languages) => new(
        JsonSerializer.Deserialize<CompositionForm>(composition, Form) ?? throw new FormatException("There is no composition."),
        languages.Select(language => JsonSerializer.Deserialize<LanguageForm>(language, Form) ?? throw new FormatException("There is no language.")));

    /// <summary>These rules with phrases of somebody's own, which can only give cues that there are, or take away what they cover.</summary>
    public RuleSet With(IReadOnlyList<AddedPhrase> phrases, string version) => new(this, phrases, version);

    /// <summary>Throws <see cref="PhraseException"/> where a phrase cannot be added to a language.</summary>
    public void Check(string language, string pattern) => Languages.First(known => known.Language == language).Check(pattern);

    /// <summary>Whether a phrase can be added to these rules.</summary>
    public bool Knows(AddedPhrase phrase)
    {
        if (!LanguageNames.Contains(phrase.Language) || (phrase.Cue is { } cue && Find(cue) is null))
        {
            return false;
        }

        try
        {
            Check(phrase.Language, phrase.Pattern);
            return true;
        }
        catch (PhraseException)
        {
            return false;
        }
    }

    internal int IndexOf(string cue) =>
        _indexOf.TryGetValue(cue, out var index) ? index : throw new FormatException($"A rule names the cue '{cue}', which there is not.");

    internal int? Find(string cue) => _indexOf.TryGetValue(cue, out var index) ? index : null;

    private int[] Alternatives(string names) =>
        [.. names.Split('|').SelectMany(name => name[0] == '@' ? Grouped(name[1..]) : [IndexOf(name)])];

    private List<int> Grouped(string group)
    {
        var members = Enumerable.Range(0, Cues.Count).Where(index => Cues[index].Form.Groups?.Contains(group) == true).ToList();
        return members.Count > 0 ? members : throw new FormatException($"A rule names the group '{group}', which no cue belongs to.");
    }

    private static RuleSet ReadShipped() => Parse(Resource("composition.json"), [Resource("en.json"), Resource("es.json")]);

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Chat.Domain.Triage.Rules.{name}")
            ?? throw new InvalidOperationException($"The rules {name} are not part of the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    internal sealed class Cue(string name, CueForm form)
    {
        public string Name => name;

        public CueForm Form => form;

        public int Past { get; set; } = -1;

        public int Denied { get; set; } = -1;
    }

    internal sealed record Rule(string Name, RiskLevel Level, bool WithinMessage, int[][] All, int[] None);

    /// <param name="Negatable">"Not" before it takes it back.</param>
    /// <param name="Denied">The cue that is given instead when it is negated.</param>
    /// <param name="Past">The cue that is given instead when the sentence speaks of long ago.</param>
    /// <param name="Fleeting">It says something only in the message in which it stands.</param>
    /// <param name="Firm">It holds in a sentence about a game, a film or homework as well.</param>
    internal sealed record CueForm(
        string[]? Topics = null, string[]? Groups = null, bool Negatable = true, string? Denied = null, string? Past = null,
        bool Fleeting = false, bool Firm = false);

    internal sealed record RuleForm(string Rule, RiskLevel Level, string[] All, string[]? None = null, string Within = "conversation");

    internal sealed record CompositionForm(string Version, Dictionary<string, CueForm> Cues, RuleForm[] Rules);

    internal sealed record MisspeltForm(string[] Targets, string Ordinary);

    internal sealed record LanguageForm(
        string Language, string Marks, string Negators, string Light, string Subjects, Dictionary<string, string> Spellings, MisspeltForm Misspelt,
        Dictionary<string, IReadOnlyList<string>> Classes, string[] PseudoNegations, string[] DenyingFrames, string[] FiguresOfSpeech,
        string[] OtherWorlds, Dictionary<string, string[]> Cues);
}
