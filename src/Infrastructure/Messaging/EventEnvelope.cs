using System.Buffers;
using System.Text.Json;

namespace Chat.Infrastructure.Messaging;

/// <summary>How an event is written when it leaves the platform: what it is and whose, in the manner of CloudEvents, and its data.</summary>
internal static class EventEnvelope
{
    public const string Source = "chat";

    public static ReadOnlyMemory<byte> Write(OutboxEvent happened) =>
        Write(happened.Id, happened.AffiliateId, happened.Subject, happened.Sequence, happened.Type, happened.Data, happened.CreatedAt);

    /// <param name="subject">Null for what is about no conversation.</param>
    /// <param name="data">As JSON.</param>
    public static ReadOnlyMemory<byte> Write(Guid id, Guid affiliate, Guid? subject, long sequence, string type, string data, DateTimeOffset time)
    {
        var written = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("type", type);
            json.WriteString("source", Source);
            json.WriteString("time", time);
            json.WriteString("affiliateId", affiliate);
            if (subject is { } about)
            {
                json.WriteString("subject", about);
            }
            else
            {
                json.WriteNull("subject");
            }

            json.WriteNumber("sequence", sequence);
            json.WritePropertyName("data");

            // PostgreSQL has read it already.
            json.WriteRawValue(data, skipInputValidation: true);
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
            return envelope.GetProperty("type").GetString() is { } type
                ? new OutboxEvent(
                    envelope.GetProperty("id").GetGuid(), envelope.GetProperty("affiliateId").GetGuid(), envelope.GetProperty("subject").GetGuid(),
                    envelope.GetProperty("sequence").GetInt64(), type, envelope.GetProperty("data").GetRawText(), Guid.Empty,
                    envelope.GetProperty("time").GetDateTimeOffset().ToUniversalTime())
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
