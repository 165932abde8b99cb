using System.Buffers;
using System.Text.Json;

namespace Chat.Infrastructure.Messaging;

/// <summary>How an event is written when it leaves the platform: what it is and whose, in the manner of CloudEvents, and its data.</summary>
internal static class EventEnvelope
{
    public const string Source = "chat";

    public static ReadOnlyMemory<byte> Write(OutboxEvent happened)
    {
        var written = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            json.WriteString("id", happened.Id);
            json.WriteString("type", happened.Type);
            json.WriteString("source", Source);
            json.WriteString("time", happened.CreatedAt);
            json.WriteString("affiliateId", happened.AffiliateId);
            json.WriteString("subject", happened.Subject);
            json.WriteNumber("sequence", happened.Sequence);
            json.WritePropertyName("data");

            // PostgreSQL has read it already.
            json.WriteRawValue(happened.Data, skipInputValidation: true);
            json.WriteEndObject();
        }

        return written.WrittenMemory;
    }

    /// <summary>Null for what is not of the form that we write.</summary>
    public static OutboxEvent? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var envelope = document.RootElement;
            return new OutboxEvent(
                envelope.GetProperty("id").GetGuid(), envelope.GetProperty("affiliateId").GetGuid(), envelope.GetProperty("subject").GetGuid(),
                envelope.GetProperty("sequence").GetInt64(), envelope.GetProperty("type").GetString()!, envelope.GetProperty("data").GetRawText(), Guid.Empty,
                envelope.GetProperty("time").GetDateTimeOffset());
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
