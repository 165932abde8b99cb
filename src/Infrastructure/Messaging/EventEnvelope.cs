using System.Text.Json;

namespace Chat.Infrastructure.Messaging;

/// <summary>How an event is written when it leaves the platform: what it is and whose, in the manner of CloudEvents, and its data.</summary>
internal static class EventEnvelope
{
    public const string Source = "chat";

    public static byte[] Write(OutboxEvent happened)
    {
        using var data = JsonDocument.Parse(happened.Data);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = happened.Id, type = happened.Type, source = Source, time = happened.CreatedAt, affiliateId = happened.AffiliateId, subject = happened.Subject,
            sequence = happened.Sequence, data = data.RootElement,
        });
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
