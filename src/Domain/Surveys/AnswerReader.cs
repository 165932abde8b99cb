using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Domain.Keywords;

namespace Chat.Domain.Surveys;

/// <summary>What a texter's message is, to a question of a survey.</summary>
public abstract record AnswerReading
{
    /// <param name="Value">The number, the option as the survey has it, yes or no, or the texter's own words.</param>
    public sealed record Answer(string Value) : AnswerReading;

    public sealed record Skip : AnswerReading;

    /// <summary>No more questions.</summary>
    public sealed record Stop : AnswerReading;

    /// <summary>A few words that answer nothing: asked once more, they may.</summary>
    public sealed record Nonsense : AnswerReading;

    /// <summary>Something that the texter has to say, and no answer.</summary>
    public sealed record Talk : AnswerReading;
}

/// <summary>
/// Reads answers as people text them, in English and in Spanish whatever the survey's language. It is forgiving about how an answer is
/// written and strict about what else stands in the message: "definitely 3!" is a number, "I took 3 pills" is not.
/// </summary>
public static partial class AnswerReader
{
    /// <summary>More words than these, and no answer among them, are something to be read.</summary>
    private const int FewWords = 3;

    private const int ShortestPrefix = 3;

    private static readonly AnswerReading Skip = new AnswerReading.Skip();
    private static readonly AnswerReading Stop = new AnswerReading.Stop();
    private static readonly AnswerReading Nonsense = new AnswerReading.Nonsense();
    private static readonly AnswerReading Talk = new AnswerReading.Talk();

    private static readonly FrozenSet<string> Skips = Set(
        "skip", "skip it", "skip this", "skip that", "skip this one", "skip question", "skip the question", "skip this question", "skip please", "please skip",
        "next", "next question", "next one", "pass", "prefer not to say", "prefer not to answer", "id rather not say", "i would rather not say", "rather not say",
        "i prefer not to say", "no answer", "saltar", "salta", "saltala", "saltarla", "saltar pregunta", "saltar la pregunta", "saltar esta", "omitir", "paso",
        "siguiente", "siguiente pregunta", "la siguiente", "prefiero no decir", "prefiero no decirlo", "prefiero no contestar", "prefiero no responder");

    private static readonly FrozenSet<string> Stops = Set(
        "stop survey", "stop the survey", "stop this survey", "end survey", "end the survey", "quit survey", "quit the survey", "exit survey", "cancel survey",
        "no survey", "no more survey", "no more questions", "no more questions please", "no questions", "stop asking", "stop asking me", "stop asking questions",
        "stop the questions", "stop questions", "i dont want to answer", "i dont want to answer questions", "i dont want to do this", "i dont want to do this survey",
        "i dont want a survey", "basta", "ya basta", "basta ya", "no quiero", "no quiero mas", "no quiero mas preguntas", "no quiero seguir", "no quiero contestar",
        "no quiero contestar mas", "no quiero responder", "no quiero responder mas", "no mas", "no mas preguntas", "ya no mas", "ya no mas preguntas",
        "parar encuesta", "parar la encuesta", "para la encuesta", "alto encuesta", "detener encuesta", "terminar encuesta", "terminar la encuesta", "fin encuesta",
        "salir de la encuesta", "cancelar encuesta", "no encuesta", "sin encuesta", "no mas encuesta");

    /// <summary>What carriers take for the end of all messages. It reaches nobody as an answer, even where a channel lets it through.</summary>
    private static readonly FrozenSet<string> CarrierStops =
        Set([.. OptOutWords.All, "remove", "arret", "alto", "parar"]);

    /// <summary>However short they are, these are no clumsy answer.</summary>
    private static readonly FrozenSet<string> Calls =
        Set("help", "helpme", "ayuda", "ayudame", "ayudenme", "auxilio", "socorro", "sos", "emergency", "emergencia", "911", "988");

    /// <summary>Words that may stand around an answer without making it anything else.</summary>
    private static readonly FrozenSet<string> Around = Set(
        "a", "an", "about", "actually", "again", "am", "and", "answer", "around", "at", "be", "definitely", "did", "do", "er", "feel",
        "feeling", "for", "guess", "haha", "has", "hmm", "hm", "i", "id", "ill", "im", "is", "it", "its", "just", "kinda", "kind",
        "level", "like", "lol", "maybe", "mm", "my", "now", "number", "of", "oh", "ok", "okay", "one", "only", "option", "out", "perhaps",
        "please", "pls", "plz", "point", "points", "pretty", "probably", "rate", "really", "right", "say", "so", "solid", "sorta", "star",
        "stars", "sure", "thanks", "that", "thats", "the", "think", "this", "thx", "today", "totally", "ty", "uh", "um", "umm", "very",
        "was", "well", "would",
        "ahora", "al", "asi", "bueno", "como", "con", "creo", "de", "definitivamente", "del", "digo", "dire", "diria", "el", "en", "es",
        "esa", "ese", "esta", "este", "estoy", "fue", "gracias", "hoy", "la", "le", "letra", "lo", "mi", "muy", "nivel", "numero",
        "opcion", "pienso", "pongo", "por", "favor", "porfa", "probablemente", "pues", "punto", "puntos", "que", "quiza", "quizas",
        "respuesta", "seria", "supongo", "tal", "te", "un", "una", "vez", "yo");

    /// <summary>The same around yes and no. Around a number they make something else of it: "2 much", "me 2", "los dos".</summary>
    private static readonly FrozenSet<string> AroundYesAndNo = Set(
        "good", "lot", "me", "much", "you", "them", "we", "were", "will", "with", "mucho", "mucha", "senor", "senora", "tengo", "era");

    private static readonly FrozenDictionary<string, int> NumberWords = Numbers(
        "zero cero", "one uno", "two dos", "three tres", "four cuatro", "five cinco", "six seis", "seven siete", "eight ocho", "nine nueve", "ten diez", "eleven once",
        "twelve doce", "thirteen trece", "fourteen catorce", "fifteen quince", "sixteen dieciseis", "seventeen diecisiete", "eighteen dieciocho",
        "nineteen diecinueve", "twenty veinte");

    private static readonly FrozenSet<string> YesWords = Set(
        "y", "yes", "yeah", "yea", "yah", "yep", "yup", "yas", "ye", "sure", "absolutely", "affirmative", "correct", "definitely", "totally", "certainly", "true",
        "mhm", "yessir", "s", "si", "sip", "sep", "claro", "simon", "obvio", "efectivamente", "afirmativo", "cierto");

    private static readonly FrozenSet<string> YesPhrases = Set(
        "of course", "for sure", "i do", "i did", "i am", "i was", "i have", "i will", "i would", "it is", "it was", "it did", "it does", "they did", "you did", "a lot",
        "very much", "uh huh", "i think so", "i guess so", "por supuesto", "desde luego", "asi es", "como no", "creo que si", "mucho");

    private static readonly FrozenSet<string> NoWords = Set(
        "n", "no", "nope", "nah", "naw", "never", "negative", "false", "nel", "nop", "nunca", "jamas", "negativo", "tampoco");

    private static readonly FrozenSet<string> NoPhrases = Set(
        "not really", "not at all", "not yet", "not now", "no way", "i dont", "i didnt", "i do not", "i did not", "im not", "i am not", "i was not",
        "i wasnt", "i havent", "i wont", "it didnt", "it did not", "it wasnt", "it was not", "it isnt", "it does not", "it doesnt", "they didnt", "i dont think so",
        "dont think so", "definitely not", "absolutely not", "certainly not", "of course not", "probably not", "i think not", "para nada", "claro que no", "por supuesto que no", "de ninguna manera", "no mucho", "todavia no", "aun no", "no realmente",
        "creo que no", "en absoluto");

    private static readonly FrozenSet<string> AfterNo = Set("not", "dont", "didnt", "wasnt", "isnt", "havent", "it", "did");

    public static AnswerReading Read(SurveyQuestion question, string text)
    {
        var folded = KeywordText.Fold(Spelt(text)).Replace("thank you", "thanks", StringComparison.Ordinal);
        if (question.Kind == QuestionKind.Choice && question.Options.FirstOrDefault(option => KeywordText.Fold(option) == folded && folded.Length > 0) is { } chosen)
        {
            return new AnswerReading.Answer(chosen);
        }

        if (CarrierStops.Contains(folded) || Stops.Contains(folded))
        {
            return Stop;
        }

        if (Skips.Contains(folded))
        {
            return Skip;
        }

        // A picture without a word is nothing that a survey could read.
        if (string.IsNullOrWhiteSpace(text))
        {
            return Talk;
        }

        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var answer = question.Kind switch
        {
            QuestionKind.Scale => Number(text, words, question.Bounds().Lowest, question.Bounds().Highest)?.ToString(CultureInfo.InvariantCulture),
            QuestionKind.Choice => Option(question.Options, text, folded, words),
            QuestionKind.YesNo => YesNo(folded, words),
            _ => text.Trim(),
        };
        return answer is not null ? new AnswerReading.Answer(answer)
            : words.Length > FewWords || Array.Exists(words, Calls.Contains) ? Talk : Nonsense;
    }

    /// <summary>Whether a word means something else in a survey than the choice that it stands for.</summary>
    public static bool IsTaken(string option) => KeywordText.Fold(option) is var folded && (CarrierStops.Contains(folded) || Stops.Contains(folded) || Skips.Contains(folded));

    private static int? Number(string text, string[] words, int lowest, int highest)
    {
        // Half a point and a number below nothing are no places on a scale, and folding would hide both.
        if (Fraction().IsMatch(text))
        {
            return null;
        }

        var numbers = new List<int>();
        var others = new List<string>();
        foreach (var word in words)
        {
            if (ValueOf(word) is { } value)
            {
                numbers.Add(value);
            }
            else
            {
                others.Add(word);
            }
        }

        // "One" is a number only where no other is: "this one is a 4".
        if (numbers.Distinct().Count() > 1 && words.Contains("one") && numbers.Remove(1))
        {
            others.Add("one");
        }

        if (numbers.Count == 0 || !others.TrueForAll(Around.Contains))
        {
            return null;
        }

        var isOutOf = numbers.Count == 2 && numbers[1] == highest && OutOf().IsMatch(string.Join(' ', words.Select(Digits)) + "|" + text);
        var said = isOutOf ? numbers[0] : numbers.Distinct().Count() == 1 ? numbers[0] : (int?)null;
        return said >= lowest && said <= highest ? said : null;
    }

    private static string? Option(IReadOnlyList<string> options, string text, string folded, string[] words)
    {
        var names = options.Select(option => KeywordText.Fold(option)).ToList();
        if (words.Length == 1 && Letter(words[0]) is { } letter && letter < options.Count && !names.Exists(name => name == words[0]))
        {
            return options[letter];
        }

        if (Number(text, words, 1, options.Count) is { } number)
        {
            return options[number - 1];
        }

        if (words.Length > 1 && Letter(words[^1]) is { } named && named < options.Count && words[..^1].All(Around.Contains))
        {
            return options[named];
        }

        return Only(options, names, name => folded.Length >= ShortestPrefix && name.StartsWith(folded, StringComparison.Ordinal))
            ?? Only(options, names, name => HoldsOnly(words, name.Split(' ')))
            ?? (YesNo(folded, words) is { } yesNo ? Only(options, names, name => YesNo(name, name.Split(' ')) == yesNo) : null);
    }

    private static string? YesNo(string folded, string[] words)
    {
        // 👍 and 👎 have become words in Spelt.
        if (words.Length == 0)
        {
            return null;
        }

        if (NoPhrases.Contains(folded))
        {
            return "no";
        }

        if (YesPhrases.Contains(folded))
        {
            return "yes";
        }

        var plain = Array.ConvertAll(words, word => YesWords.Contains(word) || NoWords.Contains(word) || IsAround(word) ? word : Once(word));
        var (yes, no) = (plain.Any(IsYes), plain.Any(NoWords.Contains));
        if (yes == no)
        {
            return null;
        }

        var known = yes
            ? plain.All(word => IsYes(word) || IsAround(word))
            : plain.All(word => NoWords.Contains(word) || AfterNo.Contains(word) || IsAround(word));
        return !known ? null : yes ? "yes" : "no";

        static bool IsYes(string word) => YesWords.Contains(word);

        static bool IsAround(string word) => Around.Contains(word) || AroundYesAndNo.Contains(word);
    }

    private static bool HoldsOnly(string[] words, string[] name)
    {
        for (var at = 0; at + name.Length <= words.Length; at++)
        {
            if (words.AsSpan(at, name.Length).SequenceEqual(name))
            {
                return words.Where((word, index) => index < at || index >= at + name.Length).All(word => Around.Contains(word));
            }
        }

        return false;
    }

    private static string? Only(IReadOnlyList<string> options, List<string> names, Predicate<string> fits) =>
        names.FindIndex(fits) is >= 0 and var index && names.FindLastIndex(fits) == index ? options[index] : null;

    private static int? Letter(string word) => word is [>= 'a' and <= 'z'] ? word[0] - 'a' : null;

    private static int? ValueOf(string word) =>
        NumberWords.TryGetValue(word, out var number) ? number
        : word.Length <= 4 && word.All(char.IsDigit) ? (int)word.Aggregate(0.0, (sum, digit) => (sum * 10) + char.GetNumericValue(digit)) : null;

    private static string Digits(string word) => ValueOf(word)?.ToString(CultureInfo.InvariantCulture) ?? word;

    // Yesss, siii, nooo.
    private static string Once(string word) => Repeated().Replace(word, "$1");

    private static string Spelt(string text) =>
        text.Replace("👍", " yes ", StringComparison.Ordinal).Replace("👎", " no ", StringComparison.Ordinal);

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, int> Numbers(params string[] words) =>
        words.SelectMany((names, value) => names.Split(' ').Select(name => (name, value))).ToFrozenDictionary(pair => pair.name, pair => pair.value, StringComparer.Ordinal);

    [GeneratedRegex(@"\d[.,]\d|(?<![\p{L}\p{Nd}])-\s?\d")]
    private static partial Regex Fraction();

    // "5/5", "4 out of 5", "4 de 5".
    [GeneratedRegex(@"^\D*\d+ (out of|of|de|sobre) \d+\b|\|.*\d\s*/\s*\d")]
    private static partial Regex OutOf();

    [GeneratedRegex(@"(\p{L})\1+")]
    private static partial Regex Repeated();
}
