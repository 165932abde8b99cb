using System.Collections.Frozen;
using System.Text;

namespace Chat.Domain.Common;

/// <summary>How an enum's values are written outside C#: snake_case words, in JSON, in columns, in addresses and in events alike.</summary>
public static class Wire
{
    public static string Name<T>(this T value)
        where T : struct, Enum =>
        Table<T>.Names[value];

    public static T Value<T>(string name)
        where T : struct, Enum =>
        Table<T>.Values.TryGetValue(name, out var value) ? value : throw new FormatException($"'{name}' is not a {typeof(T).Name}.");

    public static bool TryValue<T>(string? name, out T value)
        where T : struct, Enum
    {
        value = default;
        return name is not null && Table<T>.Values.TryGetValue(name, out value);
    }

    public static IEnumerable<string> All<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().Select(value => Table<T>.Names[value]);

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>().ToFrozenDictionary(value => value, value => SnakeCase(value.ToString()));
        public static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
