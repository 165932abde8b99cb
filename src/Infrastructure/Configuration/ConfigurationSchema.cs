using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Chat.Application.Configuration;

namespace Chat.Infrastructure.Configuration;

/// <summary>The published schema of the document, made from its records: editors complete and check with it.</summary>
public static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text { get; } = Make().ToJsonString(Readable);

    private static JsonObject Make()
    {
        var schema = ConfigurationYaml.Json.GetJsonSchemaAsNode(typeof(ConfigurationDocument), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                if (node is JsonObject own && Description(context) is { } said)
                {
                    own.Insert(0, "description", said);
                }

                return node;
            },
        }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Configuration of an affiliate of Chat");
        return schema;
    }

    private static string? Description(JsonSchemaExporterContext context) =>
        (context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), false).Cast<DescriptionAttribute>().FirstOrDefault()
            ?? context.TypeInfo.Type.GetCustomAttribute<DescriptionAttribute>())?.Description;
}
