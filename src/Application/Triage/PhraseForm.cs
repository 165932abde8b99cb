using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Triage;
using FluentValidation;

namespace Chat.Application.Triage;

/// <summary>What an admin fills in for a phrase.</summary>
public interface IPhraseForm
{
    string Language { get; }

    string Cue { get; }

    string Pattern { get; }

    string? Note { get; }

    string? Status { get; }
}

internal static class PhraseForm
{
    private const int LongestNote = 1000;

    public static IEnumerable<string> Languages => RuleSet.Default.LanguageNames;

    public static void MustDescribeAPhrase<T>(this AbstractValidator<T> validator)
        where T : IPhraseForm
    {
        validator.RuleFor(form => form.Language).NotEmpty().MustBeOneOf(RuleSet.Default.LanguageNames);
        validator.RuleFor(form => form.Cue).NotEmpty().MustBeOneOf(RuleSet.Default.CueNames.Append(Phrase.FigureOfSpeech));
        validator.RuleFor(form => form.Pattern).NotEmpty().MustBeALine(Phrase.LongestPattern);
        validator.RuleFor(form => form.Pattern).Custom((_, context) =>
        {
            var form = context.InstanceToValidate;
            if (form.Pattern is { Length: > 0 and <= Phrase.LongestPattern } pattern && RuleSet.Default.LanguageNames.Contains(form.Language)
                && Fault(form.Language, pattern) is { } fault)
            {
                context.AddFailure($"It {fault.What} (from character {fault.At + 1} on).");
            }
        });
        validator.RuleFor(form => form.Note).MustBeAText(LongestNote);
        validator.RuleFor(form => form.Status).MustBeOneOf(Wire.All<PhraseStatus>());
    }

    private static PhraseException? Fault(string language, string pattern)
    {
        try
        {
            RuleSet.Default.Check(language, pattern);
            return null;
        }
        catch (PhraseException fault)
        {
            return fault;
        }
    }
}
