using System.Net.Mail;
using System.Text.Json;
using Chat.Domain.Common;
using FluentValidation;
using FluentValidation.Results;

namespace Chat.Application.Common;

/// <summary>Rules of shape that several use cases share. What a rule is about may be absent; NotEmpty says where it may not.</summary>
public static class Rules
{
    private const int LongestEmail = 320;
    private const int LongestSettings = 16 * 1024;

    /// <summary>
    /// PostgreSQL keeps neither NUL nor half of a surrogate pair: such a text is refused at the door, and is no fault behind it.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> MustBeStorable<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsStorable(text)).WithMessage("It holds a character that cannot be kept.");

    /// <summary>One line for people to read.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeALine<T>(this IRuleBuilder<T, string?> rule, int longest) =>
        rule.MaximumLength(longest).MustBeStorable()
            .Must(text => text is null || !text.Any(char.IsControl)).WithMessage("Leave out control characters and line breaks.");

    /// <summary>What people call something.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeAName<T>(this IRuleBuilder<T, string?> rule) => rule.NotEmpty().MustBeALine(200);

    /// <summary>Several lines for people to read.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeAText<T>(this IRuleBuilder<T, string?> rule, int longest) =>
        rule.MaximumLength(longest).MustBeStorable();

    /// <summary>One of these words.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeOneOf<T>(this IRuleBuilder<T, string?> rule, IEnumerable<string> words)
    {
        var allowed = words.ToArray();
        return rule.Must(word => word is null || allowed.Contains(word)).WithMessage($"One of {string.Join(", ", allowed)}.");
    }

    public static IRuleBuilderOptions<T, string?> MustBeAnEmailAddress<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MustBeALine(LongestEmail)
            .Must(text => text.Trimmed() is not { } address || IsEmail(address)).WithMessage("An e-mail address, such as name@example.org.");

    /// <summary>A zone of the IANA database, such as Europe/Berlin.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeATimeZone<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(zone => zone is null || TimeZones.Knows(zone)).WithMessage("A time zone of the IANA database, such as Europe/Berlin.");

    /// <summary>A JSON object that can be kept as it is.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyDictionary<string, JsonElement>?> MustBeSettings<T>(
        this IRuleBuilder<T, IReadOnlyDictionary<string, JsonElement>?> rule) =>
        rule.Must(settings => settings is null || settings.All(member => IsStorable(member.Key) && IsStorable(member.Value)))
            .WithMessage("They hold a character or a number that cannot be kept.")
            .Must(settings => settings is null || settings.Sum(Length) <= LongestSettings).WithMessage("At most 16 KB.");

    /// <summary>The word's value, or what it has been where there is no word.</summary>
    public static T Or<T>(this string? word, T otherwise)
        where T : struct, Enum =>
        word is null ? otherwise : Wire.Value<T>(word);

    /// <summary>The text without the space around it; null where nothing remains.</summary>
    public static string? Trimmed(this string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    public static string Json(this IReadOnlyDictionary<string, JsonElement> settings) => JsonSerializer.Serialize(settings);

    /// <summary>A shape that only what is stored could show to be wrong: refused as a validator refuses it.</summary>
    public static ValidationException Invalid(string property, string message) => new([new ValidationFailure(property, message)]);

    /// <summary>What belongs to an affiliate stays with it.</summary>
    public static void MustStayIn(this IInAffiliate command, AffiliateId owner)
    {
        if (command.AffiliateId is { } named && named != owner.Value)
        {
            throw Invalid(nameof(command.AffiliateId), "It cannot be moved to another affiliate.");
        }
    }

    private static int Length(KeyValuePair<string, JsonElement> member) => member.Key.Length + member.Value.GetRawText().Length;

    private static bool IsStorable(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
            }
            else if (text[at] == '\0' || char.IsSurrogate(text[at]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsStorable(JsonElement value)
    {
        try
        {
            return IsReadAndStorable(value);
        }
        catch (InvalidOperationException)
        {
            // The parser leaves an escaped half of a surrogate pair alone; only reading it shows it.
            return false;
        }
    }

    private static bool IsReadAndStorable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => IsStorable(member.Name) && IsReadAndStorable(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsReadAndStorable),
        JsonValueKind.String => IsStorable(value.GetString()!),
        JsonValueKind.Number => IsOrdinary(value),
        JsonValueKind.Undefined => false,
        _ => true,
    };

    // PostgreSQL's numbers are wide, but not as wide as a line of digits or an exponent can ask for.
    private static bool IsOrdinary(JsonElement number) =>
        number.GetRawText() is { Length: <= 40 } digits && number.TryGetDouble(out var value) && double.IsFinite(value)
        && (value != 0 || !digits.Contains('e', StringComparison.OrdinalIgnoreCase));

    private static bool IsEmail(string text) =>
        !text.Any(char.IsWhiteSpace) && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Length > 0;
}
