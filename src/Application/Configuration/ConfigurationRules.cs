using System.Text.Json;
using Chat.Application.CannedResponses;
using Chat.Application.Common;
using Chat.Application.Keywords;
using Chat.Application.Programs;
using Chat.Application.Surveys;
using Chat.Domain.Common;
using Chat.Domain.Keywords;
using FluentValidation;
using FluentValidation.Results;

namespace Chat.Application.Configuration;

/// <summary>What the single routes ask of each entry, said with the place in the document; and what only a document can get wrong.</summary>
internal sealed class ConfigurationRules(
    IValidator<CreateProgram> programs, IValidator<CreateKeyword> keywords, IValidator<CreateSurvey> surveys, IValidator<CreateCannedResponse> responses)
{
    private const int MostEntries = 2000;

    // The rules of shape ask for a program; which one it is is not yet known.
    private static readonly Guid SomeProgram = Guid.Parse("00000000-0000-7000-8000-000000000001");

    /// <summary>Throws for a document that could not be applied to any affiliate.</summary>
    public void Check(ConfigurationDocument document)
    {
        var faults = Faults(document).Take(100).ToList();
        if (faults.Count > 0)
        {
            throw new ValidationException(faults);
        }
    }

    private IEnumerable<ValidationFailure> Faults(ConfigurationDocument document)
    {
        if (document.Programs is not { } entries)
        {
            return [Fault("programs", "List the programs; an empty list is written [].")];
        }

        if (entries.Sum(program => 1 + Count(program?.Keywords) + Count(program?.Surveys) + Count(program?.CannedResponses)) > MostEntries)
        {
            return [Fault("programs", $"At most {MostEntries} entries altogether.")];
        }

        return [
            .. entries.SelectMany((program, index) => Faults(program, $"programs[{index}]")),
            .. Twice(entries, "programs", program => program.ShortCode.Trimmed()?.ToUpperInvariant(), "shortCode"),
        ];
    }

    private IEnumerable<ValidationFailure> Faults(ProgramEntry? program, string at)
    {
        if (program is null)
        {
            return [Fault(at, "It says nothing.")];
        }

        return [
            .. At(at, programs.Validate(program.AsCreation())),
            .. (program.Keywords ?? []).SelectMany((one, index) => Faults(one, $"{at}.keywords[{index}]")),
            .. Twice(program.Keywords, $"{at}.keywords", one => KeywordText.Normalise(one.Keyword ?? "") is { Length: > 0 } word ? word : null, "keyword"),
            .. (program.Surveys ?? []).SelectMany((one, index) => Faults(one, $"{at}.surveys[{index}]")),
            .. Twice(
                program.Surveys, $"{at}.surveys", one => one.Status is null || one.Status == Status.Active.Name() ? one.Type : null, "status"),
            .. (program.CannedResponses ?? []).SelectMany((one, index) => Faults(one, $"{at}.cannedResponses[{index}]")),
        ];
    }

    private List<ValidationFailure> Faults(KeywordEntry? one, string at)
    {
        if (one is null)
        {
            return [Fault(at, "It says nothing.")];
        }

        var faults = At(at, keywords.Validate(one.AsCreation(SomeProgram))).ToList();
        return faults.Count == 0 && one.Action == KeywordAction.Reply.Name() && one.Response.Trimmed() is null
            ? [Fault($"{at}.response", "A reply needs its words.")]
            : faults;
    }

    private IEnumerable<ValidationFailure> Faults(SurveyEntry? one, string at) =>
        one is null || one.Questions?.Any(question => question is null) == true
            ? [Fault(at, "It, or one of its questions, says nothing.")]
            : At(at, surveys.Validate(one.AsCreation(SomeProgram)));

    private IEnumerable<ValidationFailure> Faults(CannedResponseEntry? one, string at) =>
        one is null ? [Fault(at, "It says nothing.")] : At(at, responses.Validate(one.AsCreation(SomeProgram)));

    private static List<ValidationFailure> Twice<T>(IReadOnlyList<T>? entries, string at, Func<T, string?> key, string member)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return (entries ?? []).Select((entry, index) => (Key: entry is null ? null : key(entry), index))
            .Where(entry => entry.Key is not null && !seen.Add(entry.Key))
            .Select(entry => Fault($"{at}[{entry.index}].{member}", "Another entry has it already."))
            .ToList();
    }

    private static IEnumerable<ValidationFailure> At(string at, ValidationResult result) =>
        result.Errors.Select(error => Fault($"{at}.{JsonNamingPolicy.CamelCase.ConvertName(error.PropertyName)}", error.ErrorMessage));

    private static int Count<T>(IReadOnlyList<T>? entries) => entries?.Count ?? 0;

    private static ValidationFailure Fault(string at, string message) => new(at, message);
}

/// <summary>Entries as what the single routes take.</summary>
internal static class ConfigurationEntries
{
    private static readonly Dictionary<string, JsonElement> NoSettings = [];

    public static CreateProgram AsCreation(this ProgramEntry entry) =>
        new(null, entry.Name!, entry.ShortCode, entry.Description, entry.Status ?? Status.Active.Name(), entry.Settings ?? NoSettings);

    public static CreateKeyword AsCreation(this KeywordEntry entry, Guid program) =>
        new(program, entry.Keyword!, entry.Action ?? KeywordAction.Start.Name(), entry.SubProgram, entry.Response);

    public static CreateSurvey AsCreation(this SurveyEntry entry, Guid program) => new(
        program, entry.Type!, entry.Title!, entry.Language ?? Domain.Surveys.SurveyLanguage.En.Name(), entry.Questions ?? [], entry.ExpiresAfterMinutes,
        entry.Status ?? Status.Active.Name());

    public static CreateCannedResponse AsCreation(this CannedResponseEntry entry, Guid program) => new(program, entry.Title!, entry.Body!);
}
