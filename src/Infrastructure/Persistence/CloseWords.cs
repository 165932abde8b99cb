using System.Text.RegularExpressions;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

/// <summary>Why a conversation was closed: a code, such as those of the desk and of the platform, in the clear; somebody's own words sealed.</summary>
internal static partial class CloseWords
{
    /// <summary>The code that stands where there are words.</summary>
    public const string InWords = "in_words";

    public static bool AreWords(string? reason) => reason is not null && !Code().IsMatch(reason);

    public static Place PlaceOf(Guid affiliate, Guid conversation) => new(affiliate, "conversations", "close_words", conversation);

    [GeneratedRegex(@"^[a-z][a-z_]{0,39}\z")]
    private static partial Regex Code();
}
