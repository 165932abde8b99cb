using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Sdk.Webhooks;

/// <summary>Something that happened. It carries ids, states, times and counts; the words are read through the API by whoever may.</summary>
public abstract record ChatEvent
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["conversation.created"] = typeof(ConversationCreated),
        ["conversation.assigned"] = typeof(ConversationAssigned),
        ["conversation.updated"] = typeof(ConversationUpdated),
        ["conversation.message.inbound"] = typeof(MessageReceived),
        ["conversation.message.outbound"] = typeof(MessageSent),
        ["conversation.transferred"] = typeof(ConversationTransferred),
        ["conversation.escalated"] = typeof(ConversationEscalated),
        ["conversation.escalation.resolved"] = typeof(EscalationResolved),
        ["conversation.followup.scheduled"] = typeof(FollowUpScheduled),
        ["conversation.followup.triggered"] = typeof(FollowUpTriggered),
        ["conversation.survey.completed"] = typeof(SurveyCompleted),
        ["conversation.tag.updated"] = typeof(TagsUpdated),
        ["conversation.risk.changed"] = typeof(RiskChanged),
        ["conversation.expired"] = typeof(ConversationExpired),
        ["conversation.closed"] = typeof(ConversationClosed),
        ["message.status.changed"] = typeof(MessageStatusChanged),
    };

    /// <summary>Its own id: an event that comes again has the same.</summary>
    [JsonIgnore]
    public Guid Id { get; private set; }

    /// <summary>Its name, such as conversation.closed.</summary>
    [JsonIgnore]
    public string EventType { get; private set; } = "";

    [JsonIgnore]
    public string? Source { get; private set; }

    [JsonIgnore]
    public DateTimeOffset Time { get; private set; }

    [JsonIgnore]
    public Guid AffiliateId { get; private set; }

    /// <summary>Its place among the events of its conversation.</summary>
    [JsonIgnore]
    public long Sequence { get; private set; }

    /// <summary>The conversation; null where it is about none.</summary>
    public Guid? ConversationId { get; set; }

    public Guid? ProgramId { get; init; }

    /// <summary>What came with it, as it came: also members that this version of the package does not know.</summary>
    [JsonIgnore]
    public JsonElement Data { get; private set; }

    /// <summary>The event in a body. One of a type that is not known yet is kept as an <see cref="UnknownEvent"/>.</summary>
    public static ChatEvent Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(body, Json) ?? throw new JsonException("No event.");
            var data = envelope.Data.ValueKind == JsonValueKind.Object ? envelope.Data : JsonSerializer.SerializeToElement(new { });
            var type = Types.GetValueOrDefault(envelope.Type ?? "", typeof(UnknownEvent));
            var happened = (ChatEvent)data.Deserialize(type, Json)!;
            (happened.Id, happened.EventType, happened.Source) = (envelope.Id, envelope.Type ?? "", envelope.Source);
            (happened.Time, happened.AffiliateId) = (envelope.Time ?? envelope.Timestamp ?? default, envelope.AffiliateId);
            (happened.ConversationId, happened.Sequence, happened.Data) = (happened.ConversationId ?? envelope.Subject, envelope.Sequence, data.Clone());
            return happened;
        }
        catch (JsonException wrong)
        {
            throw new FormatException("This is no event of Chat's.", wrong);
        }
    }

    private sealed record Envelope(
        Guid Id, string? Type, string? Source, DateTimeOffset? Time, DateTimeOffset? Timestamp, Guid AffiliateId, Guid? Subject, long Sequence,
        JsonElement Data);
}

/// <summary>A texter has written, and a conversation has begun.</summary>
public sealed record ConversationCreated(string? State, string? Provider) : ChatEvent;

/// <summary>A responder has taken it.</summary>
public sealed record ConversationAssigned(Guid? ResponderId, string? State) : ChatEvent;

/// <summary>Its state or its responder has changed, it went back to the queue, or a note was added.</summary>
public sealed record ConversationUpdated(
    Guid? ResponderId, Guid? FromResponderId, string? State, string? Reason, Guid? MessageId, long? MessageSequence) : ChatEvent;

/// <summary>The texter has written: read the message with its id.</summary>
public sealed record MessageReceived(Guid? MessageId, long? MessageSequence, string? Provider) : ChatEvent;

/// <summary>A message is on its way to the texter.</summary>
public sealed record MessageSent(Guid? MessageId, Guid? ResponderId, long? MessageSequence) : ChatEvent;

/// <summary>It is offered to another responder.</summary>
public sealed record ConversationTransferred(Guid? FromResponderId, Guid? ToResponderId, string? State) : ChatEvent;

/// <summary>Emergency services are being brought in.</summary>
public sealed record ConversationEscalated(Guid? EscalationId, string? Type, string? Urgency, string? ReferenceNumber, string? State) : ChatEvent;

/// <summary>The emergency is over.</summary>
public sealed record EscalationResolved(Guid? EscalationId, string? State) : ChatEvent;

/// <summary>A check-in was agreed on.</summary>
public sealed record FollowUpScheduled(Guid? FollowUpId, DateTimeOffset? ScheduledFor, string? State) : ChatEvent;

/// <summary>The check-in was sent.</summary>
public sealed record FollowUpTriggered(Guid? FollowUpId, string? State) : ChatEvent;

/// <summary>A survey is over: how, and how many of its questions were answered.</summary>
public sealed record SurveyCompleted(Guid? SurveyId, string? Type, Guid? ResponseId, int? Answered, int? Skipped, string? Outcome) : ChatEvent;

/// <summary>What colleagues find it by has changed.</summary>
public sealed record TagsUpdated(int? TagCount, string? RiskLevel) : ChatEvent;

/// <summary>It is in more danger, or in less.</summary>
public sealed record RiskChanged(string? FromLevel, string? RiskLevel, string? State) : ChatEvent;

/// <summary>Nobody took it in time.</summary>
public sealed record ConversationExpired(string? State) : ChatEvent;

/// <summary>It is over.</summary>
public sealed record ConversationClosed(Guid? ResponderId, string? State, long? DurationSeconds, int? TagCount, bool? SurveyCompleted) : ChatEvent;

/// <summary>A message reached the texter, or did not.</summary>
public sealed record MessageStatusChanged(Guid? MessageId, string? Status, string? ErrorCode) : ChatEvent;

/// <summary>Something that this version of the package has no name for: <see cref="ChatEvent.EventType"/> and <see cref="ChatEvent.Data"/> say what it is.</summary>
public sealed record UnknownEvent : ChatEvent;
