using Chat.Domain.Messages;
using static Chat.Domain.Messages.MessageStatus;

namespace Chat.Domain.Tests;

public sealed class DeliveryLifecycleTests
{
    private static readonly DateTimeOffset Later = A.Moment.AddMinutes(5);

    private static readonly HashSet<(MessageStatus, MessageStatus)> Onwards =
    [
        (Queued, Sent), (Queued, Delivered), (Queued, Read), (Queued, Failed),
        (Sent, Delivered), (Sent, Read), (Sent, Failed),
        (Delivered, Read),
    ];

    public static TheoryData<MessageStatus, MessageStatus> EveryPair
    {
        get
        {
            var pairs = new TheoryData<MessageStatus, MessageStatus>();
            foreach (var from in Enum.GetValues<MessageStatus>())
            {
                foreach (var to in Enum.GetValues<MessageStatus>())
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void A_message_only_moves_on(MessageStatus from, MessageStatus to)
    {
        var message = A.MessageThatIs(from);
        var isNews = Onwards.Contains((from, to));

        Assert.Equal(isNews, DeliveryLifecycle.Allows(from, to));
        Assert.Equal(isNews, message.Become(to, "twilio.30003", Later));
        Assert.Equal(isNews ? to : from, message.Status);
        Assert.Equal(isNews ? to : from, DeliveryLifecycle.Further(from, to));
    }

    [Fact]
    public void Only_a_message_that_failed_has_an_error()
    {
        var (failed, delivered) = (A.MessageThatIs(Sent), A.MessageThatIs(Sent));

        failed.Become(Failed, "twilio.30003", Later);
        delivered.Become(Delivered, "twilio.30003", Later);

        Assert.Equal("twilio.30003", failed.ErrorCode);
        Assert.Null(delivered.ErrorCode);
    }

    [Fact]
    public void What_is_read_has_been_delivered()
    {
        var message = A.MessageThatIs(Sent);

        message.Become(Read, null, Later);

        Assert.Equal((Later, Later), (message.DeliveredAt, message.ReadAt));
    }

    [Fact]
    public void A_message_that_a_provider_took_is_sent_under_its_id()
    {
        var message = A.MessageThatIs(Queued);

        Assert.True(message.Accepted("SM1", Later));
        Assert.Equal((Sent, "SM1"), (message.Status, message.ProviderMessageId));
    }
}
