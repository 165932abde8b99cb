using System.Globalization;
using System.Text.Json;

namespace Chat.Tests;

/// <summary>The AsyncAPI document, and whether a payload is what it says. It knows the words of JSON Schema that the document uses, and no others.</summary>
public sealed class EventDocument(string json)
{
    private readonly JsonElement _root = JsonElement.Parse(json);

    public static EventDocument Read() => new(File.ReadAllText(Path.Combine(Repository.Root, "sdk", "asyncapi.json")));

    public JsonElement Root => _root;

    /// <summary>Each event's name, with its data's schema.</summary>
    public IReadOnlyDictionary<string, JsonElement> Events => _root.GetProperty("components").GetProperty("messages").EnumerateObject()
        .ToDictionary(message => message.Value.GetProperty("name").GetString()!, message => Resolve(DataOf(message.Value)));

    /// <summary>What is wrong with an event's data; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults(string type, JsonElement data) =>
        Events.TryGetValue(type, out var schema) ? [.. Check(schema, data, type)] : [$"{type} is not described"];

    public JsonElement Resolve(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(_root, (at, name) => at.GetProperty(name))
        : schema;

    private static JsonElement DataOf(JsonElement message) =>
        message.GetProperty("payload").GetProperty("allOf")[1].GetProperty("properties").GetProperty("data");

    private IEnumerable<string> Check(JsonElement schema, JsonElement value, string at)
    {
        schema = Resolve(schema);
        var isRight = schema.GetProperty("type").GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "string" => value.ValueKind == JsonValueKind.String && IsOfFormat(schema, value),
            var other => throw new InvalidOperationException($"The document says {other}."),
        };
        if (!isRight)
        {
            yield return $"{at} is {value}";
        }
        else if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => word.GetString() == value.GetString()))
        {
            yield return $"{at} is {value}, which is not among its words";
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var properties = schema.GetProperty("properties");
            foreach (var missing in schema.GetProperty("required").EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
            {
                yield return $"{at}.{missing} is missing";
            }

            foreach (var member in value.EnumerateObject())
            {
                if (!properties.TryGetProperty(member.Name, out var described))
                {
                    yield return $"{at}.{member.Name} is not described";
                    continue;
                }

                foreach (var fault in Check(described, member.Value, $"{at}.{member.Name}"))
                {
                    yield return fault;
                }
            }
        }
    }

    private static bool IsOfFormat(JsonElement schema, JsonElement value) => !schema.TryGetProperty("format", out var format) || format.GetString() switch
    {
        "uuid" => Guid.TryParseExact(value.GetString(), "D", out _),
        "date-time" => DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        var other => throw new InvalidOperationException($"The document says {other}."),
    };
}
