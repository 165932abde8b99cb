using System.Text.Json;
using Chat.Domain.Conversations;
using Chat.Infrastructure.Messaging;
using Chat.Sdk.Webhooks;

namespace Chat.Api.Tests.Sdk;

/// <summary>The package's records of events against what the platform says.</summary>
public sealed class ChatEventTests
{
    public static TheoryData<Type> Told { get; } =
        [.. typeof(ConversationEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ConversationEvent)))];

    [Theory]
    [MemberData(nameof(Told))]
    public void Every_event_has_a_record_with_every_member_that_is_told(Type type)
    {
        var told = Made(type);
        var data = JsonSerializer.SerializeToElement(told, type, EventNames.Json);

        var read = Read(EventNames.Of(told), data);

        Assert.IsNotType<UnknownEvent>(read);
        foreach (var member in data.EnumerateObject())
        {
            var property = read.GetType().GetProperties().FirstOrDefault(own => own.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase));
            Assert.True(property is not null, $"{read.GetType().Name} has no {member.Name}");
            var value = JsonSerializer.SerializeToElement(property.GetValue(read));
            Assert.True(
                value.ToString() == member.Value.ToString() || (value.TryGetDateTimeOffset(out var at) && at == member.Value.GetDateTimeOffset()),
                $"{member.Name}: {value} and {member.Value}");
        }
    }

    [Fact]
    public void What_a_message_from_a_texter_is_told_with_is_read()
    {
        var (conversation, message) = (Guid.NewGuid(), Guid.NewGuid());

        var read = Assert.IsType<MessageReceived>(Read(
            "conversation.message.inbound",
            JsonSerializer.SerializeToElement(new { conversationId = conversation, messageId = message, messageSequence = 3, provider = "twilio" })));

        Assert.Equal((conversation, message, 3, "twilio"), (read.ConversationId, read.MessageId, read.MessageSequence, read.Provider));
    }

    [Fact]
    public void An_event_of_tomorrow_is_kept_with_all_that_came_with_it()
    {
        var read = Assert.IsType<UnknownEvent>(Read("conversation.sung", JsonSerializer.SerializeToElement(new { verses = 3, conversationId = Guid.NewGuid() })));

        Assert.Equal(("conversation.sung", 3), (read.EventType, read.Data.GetProperty("verses").GetInt32()));
        Assert.Equal((7, "chat"), (read.Sequence, read.Source));
        Assert.Equal(DateTimeOffset.UnixEpoch, read.Time);
    }

    private static ChatEvent Read(string type, JsonElement data) => ChatEvent.Read(JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = Guid.NewGuid(), type, source = "chat", time = DateTimeOffset.UnixEpoch, affiliateId = Guid.NewGuid(), subject = Guid.NewGuid(), sequence = 7, data,
    }));

    private static ConversationEvent Made(Type type)
    {
        var constructor = type.GetConstructors().Single(one => one.GetParameters().Length > 1);
        return (ConversationEvent)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Any(parameter.ParameterType))]);
    }

    private static object Any(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => "a word",
            _ when type == typeof(Guid) => Guid.NewGuid(),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddDays(20_000),
            { IsEnum: true } => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            _ when type.GetConstructor([typeof(Guid)]) is { } id => id.Invoke([Guid.NewGuid()]),
            { IsPrimitive: true } => type == typeof(bool) ? true : Convert.ChangeType(5, type, System.Globalization.CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException($"Say what a {type.Name} may be."),
        };
    }
}
