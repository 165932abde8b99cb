using System.Text.Json;
using Chat.Domain.Triage;

namespace Chat.Infrastructure.Triage;

/// <summary>The rules of a folder, as a candidate for the whole installation; null where there is none.</summary>
internal sealed record ShadowCandidate(RuleSet? Rules)
{
    private const string Composition = "composition.json";

    /// <exception cref="InvalidOperationException">The folder's rules cannot be read; the message names the setting.</exception>
    public static ShadowCandidate Read(string? folder)
    {
        if (string.IsNullOrEmpty(folder))
        {
            return new((RuleSet?)null);
        }

        try
        {
            var languages = Directory.GetFiles(folder, "*.json").Where(file => Path.GetFileName(file) != Composition).Order(StringComparer.Ordinal);
            return new(RuleSet.Parse(File.ReadAllText(Path.Combine(folder, Composition)), [.. languages.Select(File.ReadAllText)]));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or FormatException or ArgumentException)
        {
            throw new InvalidOperationException($"Triage__ShadowRules names a folder whose rules cannot be read: {fault.Message}", fault);
        }
    }
}
