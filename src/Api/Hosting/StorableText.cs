using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Api.Hosting;

/// <summary>Refuses strings that PostgreSQL cannot store, wherever one stands in a body: U+0000 and lone surrogates.</summary>
internal sealed class StorableText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        try
        {
            var text = reader.GetString();
            return text is not null && text.Contains('\0', StringComparison.Ordinal) ? throw new JsonException() : text;
        }
        catch (InvalidOperationException notUnicode)
        {
            throw new JsonException(null, notUnicode);
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
