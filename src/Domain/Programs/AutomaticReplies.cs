using System.Globalization;
using System.Text.RegularExpressions;

namespace Chat.Domain.Programs;

/// <summary>What is known at the moment of an automatic reply. A figure that is null is not known.</summary>
/// <param name="Position">In the queue; 1 is next.</param>
/// <param name="Opens">The next opening, as a texter reads it.</param>
public sealed record ReplyFacts(string Program, TimeSpan? ExpectedWait = null, int? Position = null, string? Opens = null);

/// <summary>
/// Fills an affiliate's words in with what is known. A sentence that needs a figure which is not known is left out whole: somebody who
/// waits for help is told nothing rather than something made up.
/// </summary>
public static partial class AutomaticReplies
{
    /// <summary>What a provider still takes as one text.</summary>
    public const int Longest = 1600;

    private const int MinutesAreRoundedUpTo = 5;

    // The most that each can become.
    private static readonly Dictionary<string, int> LongestFilledIn = new(StringComparer.Ordinal)
    {
        ["program"] = 200,
        ["minutes"] = 10,
        ["position"] = 10,
        ["opens"] = 40,
    };

    /// <summary>The reply; empty where no sentence of it can be said.</summary>
    public static string Compose(string template, ReplyFacts facts)
    {
        var said = EndOfSentence().Split(template)
            .Where(sentence => Placeholder().Matches(sentence).All(found => ValueOf(found, facts) is not null));
        return Placeholder().Replace(string.Concat(said), found => ValueOf(found, facts)!).Trim();
    }

    /// <summary>What is wrong with an affiliate's words; null where nothing is.</summary>
    public static string? FaultOf(string template)
    {
        var found = Placeholder().Matches(template);
        if (found.Any(placeholder => !LongestFilledIn.ContainsKey(NameOf(placeholder)))
            || Placeholder().Replace(template, "").AsSpan().ContainsAny('{', '}'))
        {
            return "Braces stand around program, minutes, position and opens, and around nothing else.";
        }

        return template.Length + found.Sum(placeholder => LongestFilledIn[NameOf(placeholder)] - placeholder.Length) > Longest
            ? $"With the longest name and figures filled in it has more than {Longest} characters."
            : null;
    }

    private static string NameOf(Match placeholder) => placeholder.Groups[1].Value;

    private static string? ValueOf(Match placeholder, ReplyFacts facts) => NameOf(placeholder) switch
    {
        "program" => facts.Program,
        "minutes" => facts.ExpectedWait is { } wait ? InMinutes(wait).ToString(CultureInfo.InvariantCulture) : null,
        "position" => facts.Position?.ToString(CultureInfo.InvariantCulture),
        "opens" => facts.Opens,
        _ => null,
    };

    private static long InMinutes(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalMinutes / MinutesAreRoundedUpTo)) * MinutesAreRoundedUpTo;

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();

    // After a mark that ends a sentence, and the blanks behind it. A full stop before a small letter or a figure only shortens a word
    // ("approx. {minutes}"): to take two sentences for one leaves out too much, to take one for two would leave half of it.
    [GeneratedRegex(
        """
        (?<= \n\s* ) (?=\S)
        | (?<= [!?…][!?….]* ["'”’»)\]]* \s+ ) (?=\S)
        | (?<= \. ["'”’»)\]]* \s+ ) (?=\S) (?! \p{Ll} | \{minutes\} | \{position\} )
        | (?<= [。！？] [”’」』）]* ) (?! [。！？”’」』）] )
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex EndOfSentence();
}
