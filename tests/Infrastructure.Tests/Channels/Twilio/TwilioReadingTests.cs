using System.Globalization;
using Chat.Application.Ports;
using Chat.Domain.Messages;
using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Channels.Twilio;
using Microsoft.Extensions.Options;
using static Chat.Application.Ports.WebhookReading;

namespace Chat.Infrastructure.Tests.Channels.Twilio;

public sealed class TwilioReadingTests
{
    private const string Account = "AccountSid=AC1&MessageSid=SM1";
    private static readonly ChannelAccount Ours = A.TwilioAccount();

    public static TheoryData<string, string, string[], string[]> Messages => new()
    {
        // the form beside its ids, the texter, the text and what is attached
        { "From=%2B15550110001&To=%2B15550100000&Body=hello", "+15550110001|hello", [], ["+15550100000"] },
        { "From=%2B15550110001&To=%2B15550100000&Body=", "+15550110001|", [], ["+15550100000"] },
        { "From=%2B15550110001&To=%2B15550100000", "+15550110001|", [], ["+15550100000"] },
        { "From=+15550110001&To=+15550100000&Body=a+b", "+15550110001|a b", [], ["+15550100000"] },
        { "From=%2B1+(555)+011-0001&To=%2B15550100000&Body=hi", "+15550110001|hi", [], ["+15550100000"] },
        { "From=15550110001&To=741741&Body=hi", "+15550110001|hi", [], ["741741"] },
        { "From=741742&To=741741&Body=hi", "741742|hi", [], ["741741"] },
        { "From=HARBOR&To=%2B15550100000&Body=hi", "HARBOR|hi", [], ["+15550100000"] },
        { "From=whatsapp%3A%2B15550110001&To=whatsapp%3A%2B15550100000&Body=hi", "whatsapp:+15550110001|hi", [], ["+15550100000"] },
        { "From=WhatsApp%3A15550110001&To=whatsapp%3A%2B15550100000&Body=hi", "whatsapp:+15550110001|hi", [], ["+15550100000"] },
        { "From=messenger%3A1234567890123&To=messenger%3A99&Body=hi", "messenger:1234567890123|hi", [], ["99"] },
        { "MessagingServiceSid=MG1&From=%2B15550110001&To=%2B15550100000&Body=hi", "+15550110001|hi", [], ["+15550100000", "MG1"] },
        { "MessagingServiceSid=&From=%2B15550110001&To=%2B15550100000&Body=hi", "+15550110001|hi", [], ["+15550100000"] },
        { "From=%2B15550110001&To=%2B15550100000&Body=a%00b%FF", "+15550110001|a\0b\uFFFD", [], ["+15550100000"] },
        { "From=%2B15550110001&To=%2B15550100000&Body=I+want+it+to+END&OptOutType=STOP", "+15550110001|I want it to END", [], ["+15550100000"] },
        { "From=%2B15550110001&To=%2B15550100000&Body=hi&SmsStatus=received", "+15550110001|hi", [], ["+15550100000"] },
        { "From=%2B15550110001&To=%2B15550100000&Body=hi&MessageStatus=received", "+15550110001|hi", [], ["+15550100000"] },
        { "From=%2B15550110001&To=%2B15550100000&Body=hi&NumMedia=1&MediaContentType0=image%2Fjpeg", "+15550110001|hi", ["image/jpeg"], ["+15550100000"] },
        {
            "From=%2B15550110001&To=%2B15550100000&Body=&NumMedia=3&MediaContentType0=Image%2FPNG&MediaContentType2=%00", "+15550110001|",
            ["image/png", "application/octet-stream", "application/octet-stream"], ["+15550100000"]
        },
        { "From=%2B15550110001&To=%2B15550100000&Body=hi&NumMedia=many&MediaContentType0=image%2Fjpeg", "+15550110001|hi", [], ["+15550100000"] },
        { "From=%2B15550110001&To=%2B15550100000&Body=hi&NumMedia=-1", "+15550110001|hi", [], ["+15550100000"] },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_reads_as(string form, string expected, string[] attachments, string[] addresses)
    {
        var call = A.TwilioCall($"{Account}&{form}");

        var arrived = Assert.IsType<MessageArrived>(Adapter().Read(call, Ours, trusted: true));

        Assert.Equal(expected, $"{arrived.ExternalId}|{arrived.Text}");
        Assert.Equal("SM1", arrived.ProviderMessageId);
        Assert.Equal(attachments, arrived.AttachmentTypes);
        Assert.Equal(addresses, Adapter().Addresses(call));
    }

    public static TheoryData<string, WebhookReading> Statuses => new()
    {
        { "MessageStatus=accepted", new Ignored("The status changes nothing here.") },
        { "MessageStatus=scheduled", new Ignored("The status changes nothing here.") },
        { "MessageStatus=queued", new Ignored("The status changes nothing here.") },
        { "MessageStatus=sending", new Ignored("The status changes nothing here.") },
        { "MessageStatus=sent", new DeliveryChanged("SM1", MessageStatus.Sent, null) },
        { "MessageStatus=delivered", new DeliveryChanged("SM1", MessageStatus.Delivered, null) },
        { "MessageStatus=partially_delivered", new DeliveryChanged("SM1", MessageStatus.Delivered, null) },
        { "MessageStatus=delivered&ErrorCode=30008", new DeliveryChanged("SM1", MessageStatus.Delivered, null) },
        { "MessageStatus=read", new DeliveryChanged("SM1", MessageStatus.Read, null) },
        { "MessageStatus=undelivered&ErrorCode=30003", new DeliveryChanged("SM1", MessageStatus.Failed, "twilio.30003") },
        { "MessageStatus=failed", new DeliveryChanged("SM1", MessageStatus.Failed, "twilio.failed") },
        { "MessageStatus=failed&ErrorCode=", new DeliveryChanged("SM1", MessageStatus.Failed, "twilio.failed") },
        { "MessageStatus=failed&ErrorCode=0", new DeliveryChanged("SM1", MessageStatus.Failed, "twilio.failed") },
        { "MessageStatus=failed&ErrorCode=%2B15550110001", new DeliveryChanged("SM1", MessageStatus.Failed, "twilio.failed") },
        { "MessageStatus=canceled", new DeliveryChanged("SM1", MessageStatus.Failed, "twilio.failed") },
        { "MessageStatus=failed&ErrorCode=21610", new DeliveryChanged("SM1", MessageStatus.Failed, "twilio.21610", TexterStopped: true) },
        { "MessageStatus=DELIVERED", new DeliveryChanged("SM1", MessageStatus.Delivered, null) },
        { "SmsStatus=delivered", new DeliveryChanged("SM1", MessageStatus.Delivered, null) },
        { "MessageStatus=teleported", new Ignored("The status is not one that we know.") },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public void A_status_reads_the_same_at_either_address(string form, WebhookReading expected)
    {
        foreach (var kind in (string[])["message", "status"])
        {
            var call = A.TwilioCall($"{Account}&MessagingServiceSid=MG1&From=%2B15550100000&To=%2B15550110001&{form}", kind: kind);

            Assert.Equal(expected, Adapter().Read(call, Ours, trusted: true));
            Assert.Equal(["+15550100000", "MG1"], Adapter().Addresses(call));
        }
    }

    public static TheoryData<string, string, WebhookReading> Others => new()
    {
        { "message", "AccountSid=AC1&From=%2B15550110001&Body=hi", new Rejected("MessageSid is missing or is no id.") },
        { "message", "AccountSid=AC1&MessageSid=&From=%2B15550110001&Body=hi", new Rejected("MessageSid is missing or is no id.") },
        { "message", "AccountSid=AC1&MessageSid=S%00M&From=%2B15550110001&Body=hi", new Rejected("MessageSid is missing or is no id.") },
        { "status", "AccountSid=AC1&MessageStatus=sent", new Rejected("MessageSid is missing or is no id.") },
        { "message", "AccountSid=AC1&MessageSid=SM1&Body=hi", new Rejected("From is missing or is no address.") },
        { "message", "AccountSid=AC1&MessageSid=SM1&From=a%00b&Body=hi", new Rejected("From is missing or is no address.") },
        { "message", "AccountSid=AC2&MessageSid=SM1&From=%2B15550110001&Body=hi", new Rejected("The account is not the channel's.") },
        { "message", "MessageSid=SM1&From=%2B15550110001&Body=hi", new Rejected("The account is not the channel's.") },
        { "status", "AccountSid=AC2&MessageSid=SM1&MessageStatus=sent", new Rejected("The account is not the channel's.") },
        { "message", "", new Rejected("The account is not the channel's.") },
        { "status", "AccountSid=AC1&MessageSid=SM1&From=%2B15550110001", new Ignored("It reports nothing that went out.") },
        { "status", "AccountSid=AC1&MessageSid=SM1&From=%2B15550110001&MessageStatus=receiving", new Ignored("It reports nothing that went out.") },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void A_call_that_says_too_little_reads_as(string kind, string form, WebhookReading expected) =>
        Assert.Equal(expected, Adapter().Read(A.TwilioCall(form, kind: kind), Ours, trusted: true));

    [Theory]
    [InlineData("SmsMessageSid=SM2&SmsSid=SM3", "SM2")]
    [InlineData("SmsSid=SM3", "SM3")]
    [InlineData("SmsSid=SM3&MessageSid=SM1", "SM1")]
    [InlineData("SmsSid=SM3&MessageSid=", "SM3")]
    public void A_message_is_known_by_the_newest_of_its_names(string ids, string known)
    {
        var call = A.TwilioCall($"AccountSid=AC1&From=%2B15550110001&Body=hi&{ids}");

        Assert.Equal(known, Assert.IsType<MessageArrived>(Adapter().Read(call, Ours, trusted: true)).ProviderMessageId);
    }

    [Fact]
    public void A_message_that_was_misrouted_to_the_address_for_statuses_is_not_lost()
    {
        var call = A.TwilioCall($"{Account}&From=%2B15550110001&To=%2B15550100000&Body=hi&SmsStatus=received", kind: "status");

        Assert.IsType<MessageArrived>(Adapter().Read(call, Ours, trusted: true));
        Assert.Equal(["+15550100000"], Adapter().Addresses(call));
    }

    [Fact]
    public void No_more_attachments_are_named_than_a_message_can_have()
    {
        var types = string.Concat(Enumerable.Range(0, 20).Select(index => string.Create(CultureInfo.InvariantCulture, $"&MediaContentType{index}=image/gif")));
        var call = A.TwilioCall($"{Account}&From=%2B15550110001&Body=&NumMedia=2000000000{types}");

        Assert.Equal(10, Assert.IsType<MessageArrived>(Adapter().Read(call, Ours, trusted: true)).AttachmentTypes.Count);
    }

    [Fact]
    public void An_id_or_an_address_without_end_is_rejected()
    {
        var endless = new string('9', 300);

        Assert.IsType<Rejected>(Adapter().Read(A.TwilioCall($"AccountSid=AC1&MessageSid={endless}&From=%2B15550110001&Body=hi"), Ours, trusted: true));
        Assert.IsType<Rejected>(Adapter().Read(A.TwilioCall($"{Account}&From={endless}&Body=hi"), Ours, trusted: true));
    }

    [Fact]
    public void A_call_needs_the_channels_own_signature_unless_somebody_vouches_for_it()
    {
        const string form = $"{Account}&From=%2B15550110001&Body=hi";
        const string signed = "AccountSidAC1BodyhiFrom+15550110001MessageSidSM1";
        const string url = "https://chat.example/api/webhooks/twilio";
        var (good, bad) = (A.Signature(A.AuthToken, url, signed), A.Signature("another", url, signed));

        Assert.IsType<MessageArrived>(Adapter().Read(A.TwilioCall(form, good), Ours));
        Assert.Equal(new Rejected("The signature does not match."), Adapter().Read(A.TwilioCall(form, bad), Ours));
        Assert.IsType<Rejected>(Adapter().Read(A.TwilioCall(form), Ours));
        Assert.IsType<MessageArrived>(Adapter().Read(A.TwilioCall(form), Ours, trusted: true));
        Assert.IsType<MessageArrived>(Adapter().Read(A.TwilioCall(form, bad), A.TwilioAccount(secondaryAuthToken: "another")));
    }

    [Fact]
    public void A_good_signature_of_one_account_is_none_for_anothers_channel()
    {
        const string signed = "AccountSidAC2BodyhiFrom+15550110001MessageSidSM1";
        var call = A.TwilioCall(
            "AccountSid=AC2&MessageSid=SM1&From=%2B15550110001&Body=hi", A.Signature(A.AuthToken, "https://chat.example/api/webhooks/twilio", signed));

        Assert.Equal(new Rejected("The account is not the channel's."), Adapter().Read(call, Ours));
    }

    [Fact]
    public void A_channel_without_secrets_believes_nobody()
    {
        var call = A.TwilioCall($"{Account}&Body=hi", A.Signature("", "https://chat.example/api/webhooks/twilio", "AccountSidAC1BodyhiMessageSidSM1"));

        Assert.IsType<Rejected>(Adapter().Read(call, A.Account("+15550100000", new() { ["accountSid"] = A.AccountSid }, [])));
        Assert.IsType<Rejected>(Adapter().Read(call, A.Account("+15550100000", new() { ["accountSid"] = A.AccountSid, ["authToken"] = "" }, [])));
    }

    private static TwilioSms Adapter() => new(new NoClients(), Options.Create(new TwilioOptions()), new PublicAddress(A.Origin), TimeProvider.System);

    private sealed class NoClients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => throw new InvalidOperationException("Reading calls nobody.");
    }
}
