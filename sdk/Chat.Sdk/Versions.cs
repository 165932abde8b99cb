using System.Globalization;

namespace Chat.Sdk;

/// <summary>What a change sends as If-Match.</summary>
public static class Versions
{
    /// <summary>Whatever the version is by now.</summary>
    public const string Any = "*";

    /// <summary>The ETag of the copy that was read, from its Version.</summary>
    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
