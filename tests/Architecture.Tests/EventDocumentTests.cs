using System.Reflection;
using System.Text.Json;
using Chat.Domain.Channels;
using Chat.Domain.Conversations;
using Chat.Infrastructure.Messaging;

namespace Chat.Architecture.Tests;

/// <summary>The AsyncAPI document says what is published: each event, each member, each word.</summary>
public sealed class EventDocumentTests
{
    private static readonly EventDocument Document = EventDocument.Read();
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>What the statement that stores texters' messages writes by itself, without a record.</summary>
    private static readonly Dictionary<string, string[]> Written = new()
    {
        [EventNames.Created] = ["conversationId", "programId", "state", "provider"],
        [EventNames.Inbound] = ["conversationId", "programId", "messageId", "messageSequence", "provider"],
        [EventNames.Outbound] = ["conversationId", "programId", "messageId", "messageSequence"],
    };

    private static IEnumerable<Type> Records => typeof(ConversationEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ConversationEvent)));

    [Fact]
    public void Every_event_that_is_published_is_described_and_no_other()
    {
        var published = Records.Select(EventNames.Of).Concat(Written.Keys).ToHashSet();

        Assert.Equal(published.Order(), Document.Events.Keys.Order());
        Assert.Equal(
            published.Order(),
            Document.Root.GetProperty("channels").GetProperty("events").GetProperty("parameters").GetProperty("type").GetProperty("enum").EnumerateArray()
                .Select(name => name.GetString()!).Order());
    }

    [Fact]
    public void What_is_published_is_as_described()
    {
        var faults =
            from type in Records
            from isWhole in new[] { true, false }
            let data = JsonSerializer.SerializeToElement(Make(type, isWhole), type, EventNames.Json)
            from fault in Document.Faults(EventNames.Of(type), data)
            select fault;

        Assert.Empty(faults);
    }

    [Fact]
    public void Everything_described_is_published()
    {
        var published = Records.Select(type => (Name: EventNames.Of(type), Members: Members(type))).Concat(Written.Select(written => (Name: written.Key, Members: written.Value.AsEnumerable())))
            .GroupBy(one => one.Name).ToDictionary(same => same.Key, same => same.SelectMany(one => one.Members).ToHashSet());

        Assert.All(Document.Events, described =>
            Assert.Equal(published[described.Key].Order(), described.Value.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order()));
    }

    [Fact]
    public void The_words_of_states_and_kinds_are_all_there()
    {
        var enums = Records.SelectMany(type => type.GetProperties()).Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            .Where(type => type.IsEnum).Append(typeof(Provider)).Distinct();

        Assert.All(enums, type =>
            Assert.Equal(
                Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName),
                Document.Root.GetProperty("components").GetProperty("schemas").GetProperty(type.Name).GetProperty("enum").EnumerateArray().Select(word => word.GetString()!)));
    }

    [Fact]
    public void The_envelope_is_as_described()
    {
        var happened = new OutboxEvent(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), 3, EventNames.Created, """{"state":"queued"}""", Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        var envelope = JsonElement.Parse(EventEnvelope.Write(happened).Span);
        var described = Document.Root.GetProperty("components").GetProperty("schemas").GetProperty("Envelope");

        Assert.Equal(described.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order(), envelope.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(described.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Order(), envelope.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(described.GetProperty("properties").GetProperty("source").GetProperty("const").GetString(), envelope.GetProperty("source").GetString());
        Assert.Equal(happened with { Origin = Guid.Empty }, EventEnvelope.Read(EventEnvelope.Write(happened)));
    }

    /// <summary>What an event can hold is named: an id, a state, a time, a level, a count. Words would need a type that is not among these.</summary>
    [Fact]
    public void An_event_holds_ids_states_times_and_counts_and_two_codes()
    {
        var texts = Records.SelectMany(type => type.GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => $"{type.Name}.{property.Name}"));

        Assert.Equal(["ConversationEscalated.ReferenceNumber", "MessageStatusChanged.ErrorCode"], texts.Order());
    }

    private static IEnumerable<string> Members(Type type) =>
        JsonSerializer.SerializeToElement(Make(type, isWhole: true), type, EventNames.Json).EnumerateObject().Select(member => member.Name);

    /// <summary>An event with everything that it can hold, or with nothing that it need not.</summary>
    private static object Make(Type type, bool isWhole)
    {
        var constructor = type.GetConstructors().Single(one => one.GetParameters().Length > 1);
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter, isWhole))]);
    }

    private static object? Value(ParameterInfo parameter, bool isWhole)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType);
        return !isWhole && (type is not null || Nullability.Create(parameter).ReadState == NullabilityState.Nullable) ? null
            : (type ?? parameter.ParameterType) switch
            {
                { IsEnum: true } words => Enum.GetValues(words).GetValue(0),
                var other when other == typeof(string) => "word",
                var id when typeof(Guid) == id.GetProperty("Value")?.PropertyType => Activator.CreateInstance(id, Guid.NewGuid()),
                var plain => Activator.CreateInstance(plain),
            };
    }
}
