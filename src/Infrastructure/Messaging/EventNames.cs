using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chat.Domain.Common;
using Chat.Domain.Conversations;

namespace Chat.Infrastructure.Messaging;

/// <summary>What events are called outside: the table of wire names, and the only one.</summary>
internal static class EventNames
{
    public const string Created = "conversation.created";
    public const string Inbound = "conversation.message.inbound";
    public const string Outbound = "conversation.message.outbound";

    /// <summary>Only for the desks of those who are told something; it is published to nobody else.</summary>
    public const string Notification = "notification";

    /// <summary>How an event's data is written: its own members, camelCase, ids as plain uuids, states as words.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutTheEnvelope } },
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            new IdConverter<ConversationId>(id => id.Value), new IdConverter<ProgramId>(id => id.Value),
            new IdConverter<UserId>(id => id.Value), new IdConverter<MessageId>(id => id.Value),
            new IdConverter<EscalationId>(id => id.Value), new IdConverter<FollowUpId>(id => id.Value),
            new IdConverter<SurveyId>(id => id.Value), new IdConverter<SurveyResponseId>(id => id.Value),
        },
    };

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(ConversationAssigned)] = "conversation.assigned",
        [typeof(ConversationCreated)] = Created,
        [typeof(ConversationUpdated)] = "conversation.updated",
        [typeof(ConversationReturned)] = "conversation.updated",
        [typeof(ConversationTransferred)] = "conversation.transferred",
        [typeof(ConversationEscalated)] = "conversation.escalated",
        [typeof(EscalationResolved)] = "conversation.escalation.resolved",
        [typeof(FollowUpPlanned)] = "conversation.followup.scheduled",
        [typeof(FollowUpSent)] = "conversation.followup.triggered",
        [typeof(SurveyEnded)] = "conversation.survey.completed",
        [typeof(ConversationExpired)] = "conversation.expired",
        [typeof(ConversationClosed)] = "conversation.closed",
        [typeof(ConversationRiskChanged)] = "conversation.risk.changed",
        [typeof(ConversationTagsUpdated)] = "conversation.tag.updated",
        [typeof(OutboundMessageQueued)] = Outbound,
        [typeof(NoteAdded)] = "conversation.updated",
        [typeof(MessageStatusChanged)] = "message.status.changed",
    };

    public static IEnumerable<string> All => Names.Values.Append(Inbound).Distinct();

    public static string Of(ConversationEvent happened) => Of(happened.GetType());

    public static string Of(Type type) => Names[type];

    public static bool Knows(Type type) => Names.ContainsKey(type);

    // Time and number stand in the envelope, once.
    private static void LeaveOutTheEnvelope(JsonTypeInfo type)
    {
        if (typeof(ConversationEvent).IsAssignableFrom(type.Type))
        {
            foreach (var property in type.Properties.Where(property => property.Name is "at" or "sequence").ToList())
            {
                type.Properties.Remove(property);
            }
        }
    }

    private sealed class IdConverter<T>(Func<T, Guid> value) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Events are only written.");

        public override void Write(Utf8JsonWriter writer, T id, JsonSerializerOptions options) => writer.WriteStringValue(value(id));
    }
}
