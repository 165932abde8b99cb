using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chat.Application.Common;
using Chat.Application.Configuration;
using Chat.Application.Ports;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Chat.Infrastructure.Configuration;

/// <summary>
/// The document as YAML. What is read is read as plain data: no aliases, which make a small text a large one, no tags, no second document,
/// nothing twice.
/// </summary>
internal sealed class ConfigurationYaml : IConfigurationFormat
{
    /// <summary>How the document's members are written; the published schema is made from the same.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        MaxDepth = MostDepth + 2,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private const int MostDepth = 16;
    private const int MostNodes = 50_000;

    private static readonly JsonSerializerOptions Lenient = new(Json) { Converters = { new TextOfAnyScalar() } };
    private static readonly EmitterSettings Style = new(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024);

    public ConfigurationDocument Read(string text)
    {
        try
        {
            return Tree(text).Deserialize<ConfigurationDocument>(Lenient) ?? throw Rules.Invalid("document", "It is empty.");
        }
        catch (JsonException wrong)
        {
            throw Rules.Invalid(
                wrong.Path is { Length: > 2 } path ? path.TrimStart('$', '.') : "document", "It is not known here, stands there twice, or is not of its type.");
        }
    }

    public ConfigurationText Write(ConfigurationDocument document)
    {
        var written = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(written, Style);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, JsonSerializer.SerializeToElement(document, Json));
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        var text = written.ToString();
        return new ConfigurationText(text, $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16))}\"");
    }

    private static JsonNode? Tree(string text)
    {
        // Some editors put the mark of its byte order before a text, and YAML lets them.
        var parser = new Parser(new StringReader(text.StartsWith('\uFEFF') ? text[1..] : text));
        try
        {
            return new Reader(parser).Read();
        }
        catch (YamlException wrong)
        {
            // The parser's own message may quote what was sent; the place is enough to find it.
            throw Rules.Invalid("document", $"Line {wrong.Start.Line}: {(wrong is RefusedYamlException refused ? refused.Message : "this is not YAML.")}");
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException)
        {
            // The parser falls over some of what is no YAML, instead of saying so: then it is known only how far it had come.
            throw Rules.Invalid("document", $"After line {parser.Current?.End.Line ?? 0}: this is not YAML.");
        }
    }

    private static void Write(Emitter emitter, JsonElement node)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(null, null, isImplicit: true, node.GetPropertyCount() > 0 ? MappingStyle.Block : MappingStyle.Flow));
                foreach (var member in node.EnumerateObject())
                {
                    emitter.Emit(Text(member.Name));
                    Write(emitter, member.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(null, null, isImplicit: true, node.GetArrayLength() > 0 ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (var item in node.EnumerateArray())
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                emitter.Emit(Text(node.GetString()!));
                break;
            default:
                emitter.Emit(new Scalar(null, null, node.GetRawText(), ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));
                break;
        }
    }

    // Plain only where no reader takes it for anything but the text that it is.
    private static Scalar Text(string text) => new(
        null, null, text, IsPlain(text) ? ScalarStyle.Plain : IsBlock(text) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted, isPlainImplicit: true,
        isQuotedImplicit: true);

    private static bool IsPlain(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && !char.IsWhiteSpace(text[^1])
        && text.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '_' or '-' or '.' or ',' or '?' or '!' or '\'' or '(' or ')' or '/')
        && text.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n" or "nan" or "inf");

    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && !text.Any(letter => char.IsControl(letter) && letter != '\n')
        && text.Split('\n').All(line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && !char.IsWhiteSpace(line[^1]))
        && text.All(letter => letter is '\n' or (>= ' ' and <= '~'));

    /// <summary>Events into a tree, with what it may not hold refused on the way.</summary>
    private sealed class Reader(Parser parser)
    {
        private int _nodes;

        public JsonNode? Read()
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
            {
                throw new RefusedYamlException(parser.Current, "it is empty.");
            }

            parser.Consume<DocumentStart>();
            var tree = ReadNode(0);
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<StreamEnd>(out _) ? tree : throw new RefusedYamlException(parser.Current, "one document only.");
        }

        private JsonNode? ReadNode(int depth)
        {
            if (parser.Current is null && !parser.MoveNext())
            {
                throw new RefusedYamlException(null, "it ends too soon.");
            }

            if (++_nodes > MostNodes)
            {
                throw new RefusedYamlException(parser.Current, "it holds too much.");
            }

            if (depth > MostDepth)
            {
                throw new RefusedYamlException(parser.Current, $"at most {MostDepth} levels.");
            }

            if (parser.Current is AnchorAlias || parser.Current is NodeEvent { Anchor.IsEmpty: false })
            {
                throw new RefusedYamlException(parser.Current, "anchors and aliases are not taken: write it out.");
            }

            if (parser.Current is NodeEvent { Tag.IsEmpty: false })
            {
                throw new RefusedYamlException(parser.Current, "tags are not taken.");
            }

            return parser.TryConsume<Scalar>(out var scalar) ? Value(scalar)
                : parser.Accept<SequenceStart>(out _) ? ReadList(depth)
                : ReadMap(depth);
        }

        private JsonArray ReadList(int depth)
        {
            parser.Consume<SequenceStart>();
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Add(ReadNode(depth + 1));
            }

            return list;
        }

        private JsonObject ReadMap(int depth)
        {
            parser.Consume<MappingStart>();
            var map = new JsonObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.Accept<Scalar>(out var name) || !name.Anchor.IsEmpty || !name.Tag.IsEmpty)
                {
                    throw new RefusedYamlException(parser.Current, "a name is a plain text.");
                }

                parser.Consume<Scalar>();
                if (!map.TryAdd(Storable(name), ReadNode(depth + 1)))
                {
                    throw new RefusedYamlException(name, "this name stands there twice.");
                }
            }

            return map;
        }

        // Numbers and words of YAML's that are spelt as JSON's; all else is text, so that 0800 stays a number to dial.
        private static JsonValue? Value(Scalar scalar)
        {
            var text = Storable(scalar);
            if (scalar.Style != ScalarStyle.Plain)
            {
                return JsonValue.Create(text);
            }

            return text is "" or "~" or "null" ? null
                : text is "true" or "false" || IsNumber(text) ? JsonValue.Create(JsonElement.Parse(text))
                : JsonValue.Create(text);
        }

        private static bool IsNumber(string text)
        {
            if (!char.IsAsciiDigit(text[0]) && text[0] != '-')
            {
                return false;
            }

            try
            {
                return JsonElement.Parse(text).ValueKind == JsonValueKind.Number;
            }
            catch (JsonException)
            {
                return false;
            }
        }

        private static string Storable(Scalar scalar)
        {
            for (var at = 0; at < scalar.Value.Length; at++)
            {
                if (char.IsHighSurrogate(scalar.Value[at]) && at + 1 < scalar.Value.Length && char.IsLowSurrogate(scalar.Value[at + 1]))
                {
                    at++;
                }
                else if (scalar.Value[at] == '\0' || char.IsSurrogate(scalar.Value[at]))
                {
                    throw new RefusedYamlException(scalar, "it holds a character that cannot be kept.");
                }
            }

            return scalar.Value;
        }
    }

    /// <summary>A text may be written without quotes, also where it looks like a number: it stays as it was written.</summary>
    private sealed class TextOfAnyScalar : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => throw new JsonException(),
        };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private sealed class RefusedYamlException(ParsingEvent? at, string message) : YamlException(at?.Start ?? Mark.Empty, at?.End ?? Mark.Empty, message);
}
